namespace Septim.Hooks.Shell.Code;

/// <summary>Conditions on a file's name, as patterns of the names that they let through: <c>f.startswith('tmp')</c> is <c>tmp*</c>.</summary>
internal sealed partial class CodeWalker
{
    /// <summary>What the condition from that token on asks of one variable at least; null when nothing is known or it may be otherwise.</summary>
    private NameTest? Filter(int from)
    {
        NameTest? found = null;
        var begin = from;
        for (var i = from; i < from + LongestBranch; i++)
        {
            var isEnd = i >= _at || i >= _tokens.Count;
            if (!isEnd)
            {
                var token = _tokens[i];
                if (token.IsName("or") || token.IsMark("||") || token.IsMark("?") || token.IsMark("??") || token.IsName("if") || token.IsName("else")) return null;
                // Why: what is denied as a whole asks for the others.
                if (IsNot(token) && i + 1 < _tokens.Count && _tokens[i + 1].IsMark("(")) return null;
                if (!token.IsName("and") && !token.IsMark("&&")) continue;
            }
            found ??= Test(begin, Math.Min(i, _tokens.Count));
            if (isEnd) return found;
            begin = i + 1;
        }
        return null;
    }

    /// <summary><c>not f.endswith('.log')</c> and nothing else.</summary>
    private NameTest? Denied(int from)
    {
        while (from < _at && _tokens[from].IsMark("(")) from++;
        if (from >= _at || !IsNot(_tokens[from])) return null;
        for (var i = from; i < _at && i < _tokens.Count; i++)
        {
            if (_tokens[i].IsName("or") || _tokens[i].IsName("and") || _tokens[i].IsMark("||") || _tokens[i].IsMark("&&") || i > from + LongestBranch) return null;
        }
        return Test(from + 1, Math.Min(_at, _tokens.Count));
    }

    private static bool IsNot(CodeToken token) => token.IsName("not") || token.IsMark("!");

    private NameTest? Test(int i, int end)
    {
        while (i < end && _tokens[i].IsMark("(")) i++;
        while (end > i && _tokens[end - 1] is { Kind: CodeTokenKind.Mark, Text: ")" or "]" or "}" or ":" }) end--;
        if (i + 2 < end && _tokens[i].IsText && _tokens[i + 1].IsName("in")) return After(i + 2, end) is var (name, _, stop) && stop == end ? One(name, "*", _tokens[i].Text, "*") : null;
        if (i + 4 < end && Pattern(i, false) is { } tested && _tokens[i + 2].IsName("test")) return i + 5 == end ? One(_tokens[i + 4].Text, "", tested, "") : null;
        if (i + 2 >= end || _tokens[i].Kind != CodeTokenKind.Name) return null;
        var (variable, member, next) = After(i, end);
        if (next + 1 >= end) return null;
        var mark = _tokens[next].Text;
        if (mark == "(") return Called(variable, member, next + 1, end);
        if (mark is "=~") return next + 2 == end && Pattern(next + 1, false) is { } regex ? One(variable, "", regex, "") : null;
        if (mark is not ("==" or "===" or "in")) return null;
        var (before, after) = member switch { "" or "name" or "basename" => ("", ""), "suffix" or "extension" => ("*", ""), "stem" => ("", "*"), _ => ("-", "") };
        return before == "-" ? null : Several(variable, before, next + 1, end, after);
    }

    /// <summary>A name, the last of its members, and the index behind them; calls without arguments are members too.</summary>
    private (string Name, string Member, int Next) After(int i, int end)
    {
        var (name, member) = (_tokens[i].Text, "");
        for (i++; i + 1 < end && _tokens[i].Kind == CodeTokenKind.Mark && _tokens[i].Text is "." or "?." && _tokens[i + 1].Kind == CodeTokenKind.Name;)
        {
            var isCase = _tokens[i + 1].Text is "lower" or "upper" or "casefold" or "toLowerCase" or "toUpperCase" or "downcase";
            if (!isCase) member = _tokens[i + 1].Text;
            i += i + 3 < end && _tokens[i + 2].IsMark("(") && _tokens[i + 3].IsMark(")") ? 4 : 2;
        }
        return (name, member, i);
    }

    private NameTest? Called(string variable, string method, int i, int end)
    {
        switch (variable, method)
        {
            case ("re", "search" or "match" or "fullmatch"):
                return i + 3 == end && _tokens[i].IsText && Glob(_tokens[i].Text, method != "search") is { } regex ? One(_tokens[i + 2].Text, "", regex, "") : null;
            case ("fnmatch", "fnmatch" or "fnmatchcase"):
                return end - i >= 3 && _tokens[end - 1].IsText && _tokens[end - 2].IsMark(",") ? One(_tokens[i].Text, "", _tokens[end - 1].Text, "", true) : null;
            case ("path" or "File", "extname") or ("os", "splitext"):
                // Why: of splitext's two parts the second is the ending.
                return _tokens[end - 1].IsText && _tokens[end - 2].Text is "==" or "===" && (method == "extname" || (_tokens[end - 4] is { Kind: CodeTokenKind.Number, Text: "1" }))
                    ? One(_tokens[i].Text, "*", _tokens[end - 1].Text, "") : null;
        }
        return method switch
        {
            "endswith" or "endsWith" or "end_with?" => Several(variable, "*", i, end, ""),
            "startswith" or "startsWith" or "start_with?" => Several(variable, "", i, end, "*"),
            "includes" or "include?" => Several(variable, "*", i, end, "*"),
            "match" when i + 1 == end => _tokens[i].IsText && Language == CodeLanguage.Python ? One(variable, "", _tokens[i].Text, "", true) : Pattern(i, false) is { } regex ? One(variable, "", regex, "") : null,
            _ => null,
        };
    }

    /// <summary>Texts and commas, in brackets or not, up to the end.</summary>
    private NameTest? Several(string variable, string before, int i, int end, string after)
    {
        var patterns = new List<string>();
        for (; i < end; i++)
        {
            if (_tokens[i] is { Kind: CodeTokenKind.Mark, Text: "(" or "[" or "{" or "," }) continue;
            if (!_tokens[i].IsText || One(variable, before, _tokens[i].Text, after) is not { } one) return null;
            patterns.Add(one.Patterns[0]);
        }
        return patterns.Count == 0 ? null : new NameTest(variable, [.. patterns]);
    }

    private static NameTest? One(string variable, string before, string text, string after, bool isPattern = false)
    {
        // Why: a text of which a part is not known, or with stars of its own, says nothing of names.
        foreach (var c in text)
        {
            if (c is >= '\uE000' and <= '\uF8FF' or '/' or '\\' || (c is '*' or '?' or '[' && !isPattern && before.Length + after.Length > 0)) return null;
        }
        return text.Length == 0 ? null : new NameTest(variable, [before + text + after]);
    }

    /// <summary>The pattern of a regular expression between slashes.</summary>
    private string? Pattern(int i, bool isWhole)
    {
        if (_tokens[i] is not { Kind: CodeTokenKind.Number, Text: "" } token || token.End > text.Text.Length || token.End - token.Start < 3) return null;
        var raw = text.Text[token.Start..token.End];
        return raw[0] == '/' && raw.LastIndexOf('/') is > 0 and var close ? Glob(raw[1..close], isWhole) : null;
    }

    /// <summary>A regular expression of plain signs, ends and <c>.*</c> as a pattern; null for any other, and for one that asks for hardly anything.</summary>
    private static string? Glob(string regex, bool startsAtBeginning)
    {
        var glob = new System.Text.StringBuilder();
        var letters = 0;
        var i = regex.StartsWith('^') ? 1 : 0;
        if (i == 0 && !startsAtBeginning) glob.Append('*');
        for (; i < regex.Length; i++)
        {
            var c = regex[i];
            if (c == '$' && i == regex.Length - 1) return letters < 2 ? null : glob.ToString();
            var next = i + 1 < regex.Length ? regex[i + 1] : '\0';
            var isAny = c == '.' || (c == '\\' && next is 'd' or 'w');
            if (c == '\\')
            {
                if (!isAny && next is not ('.' or '-' or '_')) return null;
                c = next;
                next = ++i + 1 < regex.Length ? regex[i + 1] : '\0';
            }
            if (isAny)
            {
                if (next is '*' or '+') i++;
                glob.Append('*');
                continue;
            }
            if (!(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') || next is '?' or '*' or '+' or '{') return null;
            if (char.IsAsciiLetterOrDigit(c)) letters++;
            glob.Append(c);
        }
        return letters < 2 ? null : glob.Append('*').ToString();
    }
}
