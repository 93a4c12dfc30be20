namespace Septim.Hooks.Shell.Syntax;

/// <summary>
/// A recursive-descent parser of bash's grammar over one text, in linear time. Errors never throw: they are noted in the
/// <see cref="Budget"/> and the parser goes on behind them, so that what stands there is still seen.
/// </summary>
internal sealed partial class Parser
{
    private readonly SourceText _source;
    private readonly string _text;
    private readonly Budget _budget;
    private readonly List<(RedirectNode Node, string Delimiter, bool Quoted)> _hereDocuments = [];
    private readonly Stack<WordBuilder> _builders = new();
    private int _depth;
    private int _keywordAt = -1;
    private int _keywordLength;

    private Parser(SourceText source, Budget budget, int depth)
    {
        _source = source;
        _text = source.Text;
        _budget = budget;
        _depth = depth;
    }

    /// <summary>Reads all of <paramref name="source"/> as if it stood in double quotes.</summary>
    public static WordNode Quoted(SourceText source, Budget budget) => new Parser(source, budget, 0).Parts(WordMode.HereDocument, true);

    /// <summary>Parses all of <paramref name="source"/>.</summary>
    /// <param name="source">The text.</param>
    /// <param name="budget">Limits and errors.</param>
    /// <param name="depth">How deep in brackets of an outer text it stands.</param>
    public static ListNode Parse(SourceText source, Budget budget, int depth = 0)
    {
        var parser = new Parser(source, budget, depth);
        var list = parser.List();
        while (!parser.AtEnd)
        {
            parser.SkipStray();
            list.Items.AddRange(parser.List().Items);
        }
        parser.ReadHereDocuments();
        list.End = source.Text.Length;
        return list;
    }

    /// <summary>Where the parser stands; never behind the end, however far a step goes.</summary>
    private int Pos
    {
        get;
        set => field = Math.Min(value, _text.Length);
    }

    private bool AtEnd => Pos >= _text.Length;

    private char Current => Pos < _text.Length ? _text[Pos] : '\0';

    private char Peek(int ahead = 1) => Pos + ahead < _text.Length ? _text[Pos + ahead] : '\0';

    private bool At(string token) => string.CompareOrdinal(_text, Pos, token, 0, token.Length) == 0;

    private bool Enter()
    {
        if (_budget.Depth(++_depth) && _budget.Node()) return true;
        Pos = _text.Length;
        return false;
    }

    private void Leave() => _depth--;

    private void Note(string message, int at, bool open = false) =>
        _budget.Note(message, _source.Map(Math.Min(at, _text.Length), Math.Min(at, _text.Length)).Offset, open);

    private T Ended<T>(T node) where T : CommandNode
    {
        node.End = Math.Min(Pos, _text.Length);
        // Why: a segment is shown to people; it should not end in the blanks that were skipped to look for more.
        while (node.End > node.Start && _text[node.End - 1] is ' ' or '\t' or '\n') node.End--;
        if (_budget.IsSpent) Pos = _text.Length;
        return node;
    }

    /// <summary>Commands up to a closing bracket, <c>;;</c>, a closing keyword or the end.</summary>
    private ListNode List()
    {
        var list = new ListNode(_source, Pos);
        while (true)
        {
            SkipNewlines();
            if (AtEnd || AtCloser()) break;
            var before = Pos;
            var command = AndOr();
            SkipBlanks();
            var background = false;
            if (Current == '&' && Peek() != '&') { background = true; Pos++; }
            else if (Current == ';' && Peek() is not (';' or '&')) Pos++;
            else if (command is not null && !AtEnd && Current is not ('\n' or '&') && !AtCloser()) Unexpected(0);
            if (command is not null) list.Items.Add((command, background));
            else Note("a command is missing", before);
            if (Pos == before) Unexpected(1);
        }
        return Ended(list);
    }

    /// <summary>A list that must end with <paramref name="closer"/>, which is consumed.</summary>
    private ListNode ListUntil(char closer, int openedAt, bool isCode)
    {
        var list = List();
        while (!AtEnd && Current != closer)
        {
            SkipStray();
            list.Items.AddRange(List().Items);
        }
        if (AtEnd) Note("unclosed (", openedAt, isCode);
        else Pos++;
        list.End = Math.Min(Pos, _text.Length);
        return list;
    }

    private bool AtCloser() =>
        Current == ')' || (Current == ';' && Peek() is ';' or '&')
        || Keyword() is "then" or "else" or "elif" or "fi" or "do" or "done" or "esac" or "}";

    private void SkipStray()
    {
        Unexpected(Math.Max(1, Keyword().Length));
    }

    /// <summary>Skips what cannot stand here. It counts as a node: a text of nothing else must end as well.</summary>
    private void Unexpected(int length)
    {
        if (_budget.Gap is null) Note($"unexpected '{_text.AsSpan(Pos, Math.Clamp(length, Math.Min(1, _text.Length - Pos), _text.Length - Pos))}'", Pos);
        Pos += length;
        if (!_budget.Node()) Pos = _text.Length;
    }

    /// <summary>The keyword-like bare word here, without moving; empty when there is none.</summary>
    private ReadOnlySpan<char> Keyword()
    {
        // Why: the same place is asked for several keywords in turn.
        if (_keywordAt != Pos)
        {
            _keywordLength = KeywordLength();
            _keywordAt = Pos;
        }
        return _text.AsSpan(Pos, _keywordLength);
    }

    private int KeywordLength()
    {
        var end = Pos;
        while (end < _text.Length && end - Pos < 10 && (char.IsAsciiLetterLower(_text[end]) || _text[end] is '{' or '}' or '!' or '[' or ']')) end++;
        return end < _text.Length && !IsBreak(_text[end]) ? 0 : end - Pos;
    }

    private bool SkipKeyword(string word)
    {
        if (!Keyword().SequenceEqual(word)) return false;
        Pos += word.Length;
        return true;
    }

    private void Expect(string word, int openedAt)
    {
        SkipNewlines();
        if (!SkipKeyword(word)) Note($"'{word}' is missing", openedAt);
    }

    private static bool IsBreak(char c) => c is ' ' or '\t' or '\n' or ';' or '&' or '|' or '<' or '>' or '(' or ')';

    private void SkipBlanks()
    {
        while (Pos < _text.Length)
        {
            var c = _text[Pos];
            if (c is ' ' or '\t') Pos++;
            else if (c == '\\' && Peek() == '\n') Pos += 2;
            else if (c == '#')
            {
                var end = _text.IndexOf('\n', Pos);
                Pos = end < 0 ? _text.Length : end;
                return;
            }
            else return;
        }
    }

    private void SkipNewlines()
    {
        while (true)
        {
            SkipBlanks();
            if (Current != '\n' || AtEnd) return;
            Pos++;
            ReadHereDocuments();
        }
    }

    private CommandNode? AndOr()
    {
        var start = Pos;
        var first = Pipeline();
        AndOrNode? chain = null;
        while (true)
        {
            SkipBlanks();
            var and = At("&&");
            if (!and && !At("||")) break;
            Pos += 2;
            SkipNewlines();
            var at = Pos;
            var next = AtEnd || AtCloser() ? null : Pipeline();
            if (next is null) { Note("a command is missing", at); continue; }
            if (first is null) { first = next; continue; }
            chain ??= new AndOrNode(_source, start) { Items = { first } };
            chain.Operators.Add(and);
            chain.Items.Add(next);
        }
        return chain is null ? first : Ended(chain);
    }

    private CommandNode? Pipeline()
    {
        var start = Pos;
        SkipPrefixes();
        var first = Command();
        PipelineNode? pipeline = null;
        while (true)
        {
            SkipBlanks();
            if (Current != '|' || Peek() == '|') break;
            var both = Peek() == '&';
            Pos += both ? 2 : 1;
            SkipNewlines();
            if (first is null) Note("a command is missing before |", start);
            var next = AtEnd || AtCloser() ? null : Command();
            if (next is null) { Note("a command is missing after |", Pos); continue; }
            if (first is null) { first = next; continue; }
            pipeline ??= new PipelineNode(_source, start) { Stages = { first } };
            pipeline.Stages.Add(next);
        }
        return pipeline is null ? first : Ended(pipeline);
    }

    /// <summary><c>!</c> and <c>time</c> change what is reported, not what runs.</summary>
    private void SkipPrefixes()
    {
        while (true)
        {
            SkipBlanks();
            if (SkipKeyword("!")) continue;
            if (!Keyword().SequenceEqual("time")) return;
            var at = Pos;
            Pos += 4;
            SkipBlanks();
            if (At("-p ") || At("-- ")) Pos += 2;
            // Why: `time -f %e cmd` is the program /usr/bin/time only where the keyword is hidden; bash runs -f then.
            else if (Current == '-' || AtEnd || IsBreak(Current) && Current is not '(') { Pos = at; return; }
        }
    }
}
