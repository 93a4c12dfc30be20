using System.Buffers;

namespace Septim.Hooks.Shell.Syntax;

internal sealed partial class Parser
{
    /// <summary>A word, or null when none starts here.</summary>
    private WordNode? Word(WordMode mode)
    {
        var start = Pos;
        if (AtEnd) return null;
        var word = Parts(mode, false);
        return Pos == start ? null : word;
    }

    /// <summary>Everything up to what ends <paramref name="mode"/>, which is not consumed.</summary>
    private WordNode Parts(WordMode mode, bool quoted)
    {
        var builder = _builders.Count > 0 ? _builders.Pop() : new WordBuilder(_text, _budget);
        var start = Pos;
        Fill(builder, mode, quoted);
        var word = builder.Take(start, Math.Min(Pos, _text.Length));
        _builders.Push(builder);
        if (_budget.IsSpent) Pos = _text.Length;
        return word;
    }

    private void Fill(WordBuilder builder, WordMode mode, bool quoted)
    {
        var brackets = 0;
        var special = mode is WordMode.DoubleQuoted or WordMode.HereDocument ? SpecialInQuotes : Special;
        while (Pos < _text.Length)
        {
            if (_budget.IsSpent) { Pos = _text.Length; return; }
            var c = _text[Pos];
            if (c > '~' || !special.Contains(c))
            {
                var run = _text.AsSpan(Pos + 1).IndexOfAny(special);
                var end = run < 0 ? _text.Length : Pos + 1 + run;
                builder.Copy(Pos, end, quoted);
                Pos = end;
                continue;
            }
            switch (c)
            {
                case '\\':
                    Backslash(builder, mode, quoted);
                    continue;
                case '\'' when !quoted:
                    SingleQuoted(builder);
                    continue;
                case '"' when mode == WordMode.DoubleQuoted:
                    return;
                case '"' when mode == WordMode.Arithmetic:
                    Pos++;
                    continue;
                case '"' when mode != WordMode.HereDocument:
                    DoubleQuoted(builder);
                    continue;
                case '$':
                    Dollar(builder, mode, quoted);
                    continue;
                case '`':
                    Backquoted(builder, mode, quoted);
                    continue;
            }
            if (mode is WordMode.DoubleQuoted or WordMode.HereDocument)
            {
                builder.Copy(Pos, Pos + 1, true);
                Pos++;
            }
            else if (mode is WordMode.Normal or WordMode.Assignment or WordMode.Regex)
            {
                if (!Bare(builder, mode, c, ref brackets)) return;
            }
            else if (!Bracketed(builder, mode, c, quoted, ref brackets)) return;
        }
    }

    /// <summary>What may mean more than itself somewhere outside quotes; a run of all else is copied as a whole.</summary>
    private static readonly SearchValues<char> Special = SearchValues.Create(" \t\n\\'\"$`()[]{}<>|&;~,?:/");

    private static readonly SearchValues<char> SpecialInQuotes = SearchValues.Create("\\\"$`");

    /// <summary>A character outside quotes in an argument; false when it ends the word.</summary>
    private bool Bare(WordBuilder builder, WordMode mode, char c, ref int brackets)
    {
        switch (c)
        {
            case ' ' or '\t' or '\n':
                return false;
            case '(' when mode == WordMode.Regex:
                brackets++;
                break;
            case ')' when mode == WordMode.Regex && brackets > 0:
                brackets--;
                break;
            case '|' when mode == WordMode.Regex && brackets > 0:
                break;
            case '(' when builder.Last is '?' or '*' or '+' or '@' or '!':
                ExtendedGlob(builder);
                return true;
            case '<' or '>' when Peek() == '(' && mode != WordMode.Regex:
                Process(builder);
                return true;
            case ';' or '&' or '|' or '<' or '>' or '(' or ')':
                return false;
            case '~' when !char.IsAsciiDigit(Peek()) && (builder.IsEmpty || builder.StartsItem || builder.IsAssignmentPrefix || (mode == WordMode.Assignment && builder.Last == ':')):
                Tilde(builder, mode);
                return true;
            case '{' when mode == WordMode.Normal:
                builder.HasBrace = true;
                builder.Add(new WordPart(PartKind.BraceOpen, "{", false));
                Pos++;
                return true;
            case ',' when builder.HasBrace:
                builder.Add(new WordPart(PartKind.BraceComma, ",", false));
                Pos++;
                return true;
            case '}' when builder.HasBrace:
                builder.Add(new WordPart(PartKind.BraceClose, "}", false));
                Pos++;
                return true;
        }
        builder.Copy(Pos, Pos + 1, false);
        Pos++;
        return true;
    }

    /// <summary>A character of a bracketed place (<c>${…}</c>, <c>$((…))</c>, <c>a[…]</c>); false when it closes the place.</summary>
    private bool Bracketed(WordBuilder builder, WordMode mode, char c, bool quoted, ref int brackets)
    {
        switch (mode)
        {
            case WordMode.Operand or WordMode.Pattern or WordMode.Offset when c == '}':
            case WordMode.Pattern when c == '/' && !builder.IsEmpty:
            case WordMode.Offset when c == ':' && brackets == 0:
            case WordMode.Arithmetic when c == ')' && brackets == 0:
            case WordMode.Subscript when c == ']' && brackets == 0:
                return false;
            case WordMode.Operand when c == '~' && !quoted && builder.IsEmpty:
                Tilde(builder, mode);
                return true;
        }
        // Why: a text may be nothing but brackets; a run of them is one step.
        var run = c == '(' ? Run(Pos, c) : c == ')' && brackets > 0 ? Math.Min(Run(Pos, c), brackets) : 1;
        if (c is '(' or '[' || (c == '?' && mode == WordMode.Offset)) brackets += run;
        else if (brackets > 0 && (c is ')' or ']' || (c == ':' && mode == WordMode.Offset))) brackets -= run;
        builder.Copy(Pos, Pos + run, quoted);
        Pos += run;
        return true;
    }

    private void Backslash(WordBuilder builder, WordMode mode, bool quoted)
    {
        var next = Peek();
        if (Pos + 1 >= _text.Length) builder.Add('\\', quoted);
        else if (next == '\n') { }
        else if (!quoted) builder.Add(next, true);
        else if (next is '$' or '`' or '\\' || (next == '"' && mode != WordMode.HereDocument)
            || (next == '}' && mode is WordMode.Operand or WordMode.Pattern)) builder.Add(next, true);
        else { builder.Add('\\', true); builder.Add(next, true); }
        Pos += 2;
    }

    private void SingleQuoted(WordBuilder builder)
    {
        var start = Pos;
        var end = _text.IndexOf('\'', Pos + 1);
        if (end < 0)
        {
            Note("unclosed ' quote", start);
            end = _text.Length;
        }
        builder.Copy(start + 1, end, true);
        Pos = end + 1;
    }

    private void DoubleQuoted(WordBuilder builder)
    {
        var start = Pos++;
        builder.Add("", true);
        if (!Enter()) return;
        Fill(builder, WordMode.DoubleQuoted, true);
        Leave();
        if (AtEnd) Note("unclosed \" quote", start);
        Pos++;
    }

    private void AnsiQuoted(WordBuilder builder)
    {
        var start = Pos;
        Pos += 2;
        var plain = _text.AsSpan(Pos).IndexOfAny('\\', '\'', '\0');
        if (plain >= 0 && _text[Pos + plain] == '\'')
        {
            builder.Copy(Pos, Pos + plain, true);
            Pos += plain + 1;
            return;
        }
        var run = new System.Text.StringBuilder();
        while (Pos < _text.Length && _text[Pos] != '\'')
        {
            if (_text[Pos] == '\\') Pos = AnsiC.Decode(_text, Pos, run);
            else run.Append(_text[Pos++]);
        }
        if (AtEnd) Note("unclosed ' quote", start);
        Pos++;
        // Why: bash ends the string at a NUL: $'rm\0x' is rm.
        var text = run.ToString().AsSpan();
        var nul = text.IndexOf('\0');
        builder.Add(nul < 0 ? text : text[..nul], true);
    }

    private void Tilde(WordBuilder builder, WordMode mode)
    {
        var end = Pos + 1;
        while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] is '_' or '-' or '.' or '+')) end++;
        var ends = end >= _text.Length || _text[end] is '/' or ':' || IsBreak(_text[end]) || (_text[end] is '}' or ',' && (mode == WordMode.Operand || builder.HasBrace));
        // Why: bash expands braces before tildes, so `~{,/x}` and `{~,~/x}` are home directories.
        if (!ends && !(_text[end] is '{' && end == Pos + 1)) builder.Copy(Pos, Pos + 1, false);
        else builder.Add(new WordPart(PartKind.Tilde, _text[(Pos + 1)..end], false));
        Pos = ends ? end : Pos + 1;
    }

    private void ExtendedGlob(WordBuilder builder)
    {
        var start = Pos;
        var open = 0;
        while (Pos < _text.Length)
        {
            var c = _text[Pos++];
            if (c == '(') open++;
            else if (c == ')' && --open == 0) break;
            else if (c == '\\') Pos++;
            else if (c == '\n') break;
        }
        Pos = Math.Min(Pos, _text.Length);
        builder.Copy(start, Pos, false);
    }

    private void Process(WordBuilder builder)
    {
        var start = Pos;
        var kind = Current == '<' ? PartKind.ProcessIn : PartKind.ProcessOut;
        Pos += 2;
        if (!Enter()) return;
        var body = ListUntil(')', start, true);
        Leave();
        builder.Add(new WordPart(kind, Written(start), false) { Body = body });
    }
}
