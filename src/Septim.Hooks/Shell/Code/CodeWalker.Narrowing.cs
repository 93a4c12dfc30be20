namespace Septim.Hooks.Shell.Code;

/// <summary>
/// A condition on how a name ends: below it the loop's variable is fewer files than the whole folder, so that a script which
/// removes <c>*.log</c> is not taken for one that removes all.
/// </summary>
internal sealed partial class CodeWalker
{
    private const int LongestBranch = 256;

    private (string Name, CodeValue Before, int Column, int End)? _narrowed;

    /// <summary>Behind an <c>if</c>: the condition has been read from token <paramref name="from"/> to here.</summary>
    private void Narrow(CodeToken branch, int from)
    {
        if (_narrowed is not null || Suffix(from) is not { } suffix || Leaves()) return;
        var name = Bare(_tokens[from + (_tokens[from].IsMark("(") ? 1 : 0)].Text);
        if (!variables.TryGetValue(name, out var known) || Ending(known, suffix) is not { } fewer) return;
        variables[name] = fewer;
        _narrowed = (name, known, Language == CodeLanguage.Python ? Column(branch) : -1, EndOfBranch());
    }

    /// <summary>Behind the branch the variable is again what it was.</summary>
    private void Widen()
    {
        if (_narrowed is not { } narrowed) return;
        if (Language == CodeLanguage.Python ? !Peek().StartsLine || Column(Peek()) > narrowed.Column : _at < narrowed.End) return;
        variables[narrowed.Name] = narrowed.Before;
        _narrowed = null;
    }

    /// <summary>The files that end so, among those of a pattern that takes in all.</summary>
    private static CodeValue? Ending(CodeValue files, CodeValue suffix)
    {
        if (!files.Is(CodeTraits.Glob) || files.Text is not { Length: > 0 } pattern || pattern[^1] != '*') return null;
        if (suffix.Items is not { } several) return suffix.Text is { Length: > 0 } end ? new CodeValue { Text = pattern + end, Traits = files.Traits } : null;
        return new CodeValue { Items = Array.ConvertAll(several, end => new CodeValue { Text = pattern + end.Text, Traits = files.Traits }), Traits = CodeTraits.AnyOf };
    }

    /// <summary>What <c>f.endswith(x)</c> asks for, when the condition from that token on is this and nothing that widens it.</summary>
    private CodeValue? Suffix(int from)
    {
        if (from < _tokens.Count && _tokens[from].IsMark("(")) from++;
        if (from + 5 >= _tokens.Count || _tokens[from].Kind != CodeTokenKind.Name || _tokens[from + 1].Kind != CodeTokenKind.Mark
            || _tokens[from + 2].Text is not ("endswith" or "endsWith" or "end_with?") || !_tokens[from + 3].IsMark("(")) return null;
        var ends = new List<CodeValue>();
        var i = from + 4;
        for (; i < _tokens.Count && i < from + 24 && (_tokens[i].IsText || _tokens[i].IsMark(",") || _tokens[i].IsMark("(")); i++)
        {
            if (_tokens[i].IsText) ends.Add(CodeValue.Of(_tokens[i].Text));
        }
        for (; i < _at && i < from + LongestBranch; i++)
        {
            if (_tokens[i].IsName("or") || _tokens[i].IsMark("||")) return null;
        }
        return ends.Count switch { 0 => null, 1 => ends[0], _ => CodeValue.List([.. ends]) };
    }

    /// <summary>The branch only goes on to the next name: what is removed are the others.</summary>
    private bool Leaves()
    {
        var next = Peek().IsMark(":") || Peek().IsMark("{") ? Peek(1) : Peek();
        return next.Kind == CodeTokenKind.Name && next.Text is "continue" or "next" or "pass" or "return" or "break";
    }

    private int EndOfBranch()
    {
        var depth = 0;
        for (var i = _at; i < _tokens.Count && i < _at + LongestBranch; i++)
        {
            var token = _tokens[i];
            if (token.Kind != CodeTokenKind.Mark) continue;
            if (token.Text is "{" or "(" or "[") depth++;
            else if (token.Text is "}" or ")" or "]" && --depth <= 0) return i + (token.Text == "}" ? 1 : 0);
            else if (token.Text == ";" && depth == 0) return i;
        }
        return Math.Min(_tokens.Count, _at + LongestBranch);
    }

    /// <summary>How far a line is moved in.</summary>
    private int Column(CodeToken token)
    {
        var i = token.Start;
        while (i > 0 && text.Text[i - 1] is ' ' or '\t') i--;
        return token.Start - i;
    }
}
