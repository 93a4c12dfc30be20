namespace Septim.Hooks.Shell.Code;

/// <summary>
/// A condition on a file's name: below it the loop's variable is fewer files than the whole folder, so that a script which
/// removes <c>*.log</c> is not taken for one that removes all.
/// </summary>
internal sealed partial class CodeWalker
{
    private const int LongestBranch = 256;

    private (string Name, CodeValue Before, int Column, int End)? _narrowed;

    /// <summary>Behind an <c>if</c>: the condition has been read from token <paramref name="from"/> to here.</summary>
    private void Narrow(CodeToken branch, int from)
    {
        if (_narrowed is not null) return;
        var leaves = Leaves();
        // Why: behind `if not f.endswith('.log'): continue` stand those that end so.
        if ((leaves ? GoesOn() ? Denied(from) : null : Filter(from)) is not { } test) return;
        var name = Bare(test.Variable);
        if (!variables.TryGetValue(name, out var known) || Fewer(known, test.Patterns) is not { } fewer) return;
        variables[name] = fewer;
        _narrowed = (name, known, Language == CodeLanguage.Python ? Column(branch) - (leaves ? 1 : 0) : -1, leaves ? EndOfBlock() : EndOfBranch());
    }

    /// <summary>Behind the branch the variable is again what it was.</summary>
    private void Widen()
    {
        if (_narrowed is not { } narrowed) return;
        if (Language == CodeLanguage.Python ? !Peek().StartsLine || Column(Peek()) > narrowed.Column : _at < narrowed.End) return;
        variables[narrowed.Name] = narrowed.Before;
        _narrowed = null;
    }

    /// <summary>The files with such names, among those of a pattern that takes in all.</summary>
    private static CodeValue? Fewer(CodeValue files, string[] patterns)
    {
        if (!files.Is(CodeTraits.Glob) || files.Text is not { Length: > 0 } all || all[^1] != '*') return null;
        var isWholeName = all.Length == 1 || all[^2] == '/';
        if (!isWholeName && Array.Exists(patterns, static pattern => pattern[0] != '*')) return null;
        var fewer = Array.ConvertAll(patterns, pattern => new CodeValue { Text = all[..^1] + pattern, Traits = files.Traits });
        return fewer is [var one] ? one : new CodeValue { Items = fewer, Traits = CodeTraits.AnyOf };
    }

    /// <summary>The branch only goes on to the next name: what is removed are the others.</summary>
    private bool Leaves()
    {
        var next = Peek().IsMark(":") || Peek().IsMark("{") ? Peek(1) : Peek();
        return next.Kind == CodeTokenKind.Name && next.Text is "continue" or "next" or "pass" or "return" or "break";
    }

    /// <summary>It does so by leaving, not by doing nothing.</summary>
    private bool GoesOn() => !(Peek().IsName("pass") || Peek(1).IsName("pass"));

    /// <summary>Where the block ends in which this statement stands.</summary>
    private int EndOfBlock()
    {
        var depth = 0;
        for (var i = _at; i < _tokens.Count && i < _at + LongestBranch; i++)
        {
            if (_tokens[i].Kind != CodeTokenKind.Mark) continue;
            if (_tokens[i].Text is "{" or "(" or "[") depth++;
            else if (_tokens[i].Text is "}" or ")" or "]" && --depth < 0) return i;
        }
        return Math.Min(_tokens.Count, _at + LongestBranch);
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
