using System.Text;

namespace Septim.Hooks.Shell.Syntax;

internal sealed partial class Parser
{
    private const int LongestShown = 512;

    private void Dollar(WordBuilder builder, WordMode mode, bool quoted)
    {
        var start = Pos;
        var next = Peek();
        switch (next)
        {
            case '(' when Peek(2) == '(' && IsArithmetic(Pos + 3):
                Pos += 3;
                Arithmetic(builder, quoted, start, WordMode.Arithmetic, "))");
                return;
            case '(':
                Pos += 2;
                if (!Enter()) return;
                var body = ListUntil(')', start, true);
                Leave();
                builder.Add(new WordPart(PartKind.Command, Written(start), quoted) { Body = body });
                return;
            case '[':
                Pos += 2;
                Arithmetic(builder, quoted, start, WordMode.Subscript, "]");
                return;
            case '{':
                Pos += 2;
                if (!Enter()) return;
                builder.Add(Parameter(start, quoted));
                Leave();
                return;
            case '\'' when !quoted:
                AnsiQuoted(builder);
                return;
            case '"' when !quoted:
                Pos++;
                return;
        }
        var end = Pos + 1;
        if (next == '_' || char.IsAsciiLetter(next))
        {
            while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] == '_')) end++;
        }
        else if (char.IsAsciiDigit(next) || next is '@' or '*' or '#' or '?' or '-' or '$' or '!') end++;
        if (end == Pos + 1) builder.Add('$', quoted);
        else builder.Add(new WordPart(PartKind.Parameter, _text[(Pos + 1)..end], quoted));
        Pos = end;
    }

    private void Arithmetic(WordBuilder builder, bool quoted, int start, WordMode mode, string closer)
    {
        if (!Enter()) return;
        var expression = Parts(mode, true);
        Leave();
        if (At(closer)) Pos += closer.Length;
        else Note("unclosed $((", start);
        builder.Add(new WordPart(PartKind.Arithmetic, Written(start), quoted) { Argument = expression });
    }

    /// <summary>A substitution as written, for people: its beginning is enough, and substitutions inside each other share no text.</summary>
    private string Written(int start) => _text[start..Math.Min(Pos, Math.Min(start + LongestShown, _text.Length))];

    /// <summary>
    /// The text behind <c>((</c> closes with <c>))</c>: then it is arithmetic, else a subshell in a subshell. A scan, not a
    /// parse: trying both ways would double the work at each depth.
    /// </summary>
    private bool IsArithmetic(int from)
    {
        var open = 2;
        var charged = from;
        for (var i = from; i < _text.Length; i++)
        {
            // Why: brackets that never close are looked for again at each depth.
            if (i - charged >= 64)
            {
                if (!_budget.Work((i - charged) / 16)) return false;
                charged = i;
            }
            switch (_text[i])
            {
                case '(':
                    var opened = Run(i, '(');
                    open += opened;
                    i += opened - 1;
                    break;
                case ')':
                    var closed = Math.Min(Run(i, ')'), open - 1);
                    open -= closed;
                    i += closed - 1;
                    if (open == 1) return i + 1 < _text.Length && _text[i + 1] == ')';
                    break;
                case '\\':
                    i++;
                    break;
                case '\'':
                    i = _text.IndexOf('\'', i + 1);
                    if (i < 0) return false;
                    break;
                case '"' or '`':
                    var quote = _text[i];
                    for (i++; i < _text.Length && _text[i] != quote; i++)
                    {
                        if (_text[i] == '\\') i++;
                    }
                    break;
            }
        }
        return false;
    }

    /// <summary>How many of one character stand here side by side.</summary>
    private int Run(int from, char c)
    {
        var end = _text.AsSpan(from).IndexOfAnyExcept(c);
        return end < 0 ? _text.Length - from : end;
    }

    /// <summary><c>${…}</c>, behind its bracket.</summary>
    private WordPart Parameter(int start, bool quoted)
    {
        var prefix = "";
        if (Current == '#' && Peek() != '}') { prefix = "len"; Pos++; }
        else if (Current == '!' && Peek() is not ('}' or ':' or '-' or '+' or '=' or '?')) { prefix = "ref"; Pos++; }
        var nameStart = Pos;
        if (char.IsAsciiLetter(Current) || Current == '_')
        {
            while (!AtEnd && (char.IsAsciiLetterOrDigit(Current) || Current == '_')) Pos++;
        }
        else if (char.IsAsciiDigit(Current))
        {
            while (!AtEnd && char.IsAsciiDigit(Current)) Pos++;
        }
        else if (Current is '@' or '*' or '#' or '?' or '-' or '$' or '!') Pos++;
        var name = _text[nameStart..Pos];
        WordNode? index = null;
        if (Current == '[')
        {
            Pos++;
            index = Parts(WordMode.Subscript, quoted);
            if (Current == ']') Pos++;
        }
        var op = prefix;
        WordNode? argument = null;
        WordNode? second = null;
        if (!AtEnd && Current != '}')
        {
            op = ParameterOperator();
            Pos += op.Length;
            // Why: in "${x#'a'}" the single quotes quote, in "${x:-'a'}" they are text.
            var isText = quoted && op is not ("#" or "##" or "%" or "%%" or "/" or "//");
            argument = Parts(op switch { ":" => WordMode.Offset, "/" or "//" => WordMode.Pattern, _ => WordMode.Operand }, isText);
            if ((op is "/" or "//" && Current == '/') || (op == ":" && Current == ':'))
            {
                Pos++;
                second = Parts(WordMode.Operand, quoted);
            }
            if (prefix == "ref") op = "ref" + op;
        }
        if (AtEnd) Note("unclosed ${", start);
        Pos++;
        return new WordPart(PartKind.Parameter, name, quoted)
        {
            Operator = op,
            Argument = argument,
            Second = second,
            Index = index,
        };
    }

    private string ParameterOperator() => (Current, Peek()) switch
    {
        (':', '-') => ":-",
        (':', '=') => ":=",
        (':', '?') => ":?",
        (':', '+') => ":+",
        ('%', '%') => "%%",
        ('#', '#') => "##",
        ('/', '/') => "//",
        ('^', '^') => "^^",
        (',', ',') => ",,",
        (var c, _) => c.ToString(),
    };

    private void Backquoted(WordBuilder builder, WordMode mode, bool quoted)
    {
        var start = Pos++;
        var code = new StringBuilder();
        while (Pos < _text.Length && _text[Pos] != '`')
        {
            if (_text[Pos] == '\\' && (Peek() is '`' or '\\' or '$' || (Peek() == '"' && mode == WordMode.DoubleQuoted))) Pos++;
            if (Pos < _text.Length) code.Append(_text[Pos++]);
        }
        if (AtEnd) Note("unclosed `", start, open: true);
        Pos = Math.Min(Pos + 1, _text.Length);
        if (!Enter()) return;
        var body = Parse(new SourceText(code.ToString(), _source.Map(start, Pos), false), _budget, _depth);
        Leave();
        builder.Add(new WordPart(PartKind.Command, Written(start), quoted) { Body = body });
    }
}
