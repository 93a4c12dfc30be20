namespace Septim.Hooks.Shell.Evaluation;

/// <summary>make: recipes that stand in the command itself, in a file it wrote, or in what it is fed.</summary>
internal sealed partial class Evaluator
{
    /// <summary>Of a longer makefile all rules are judged, wanted or not.</summary>
    private const int LongestMakefile = 16_384;

    private Feed Make(Call call)
    {
        var options = OptionReader.Read(call.Arguments, new("bBC:deE:f:hiI:j::kl::Lno:O::pqrRsStvwW:",
            "directory= file= makefile= eval= include-dir= jobs=? load-average=? old-file= what-if= dry-run just-print recon question touch always-make keep-going silent version help"));
        var directory = options.Value("-C", "--directory") is { } folder ? folder.Text is { } known ? ShellPath.Absolute(call.Scope.Directory, known) : "" : null;
        var invocation = Emit(call, null, directory);
        if (options.Has("-n", "--dry-run", "--just-print") || options.Has("--help", "--version")) return OutputOf(call, invocation);
        var frame = Inside(call.Frame, invocation, Reach.Code);
        var child = Child(call);
        if (directory is not null) child.Directory = directory.Length > 0 ? directory : null;
        foreach (var text in options.Values("-E", "--eval")) Makefile(text.Text, child, frame);
        foreach (var file in options.Values("-f", "--file"))
        {
            var feed = file.Text is "-" or "/dev/stdin" or "/dev/fd/0" ? call.Frame.Input : FileFeed(file, call.Scope);
            Makefile(feed.Text, child, frame);
        }
        if (!options.Has("-f", "--file", "--makefile")) OwnMakefile(call, options.Operands, child, frame);
        foreach (var operand in options.Operands)
        {
            if (operand.StartsWith("SHELL=")) Code(operand.From(6), child.Clone(), frame, Reach.Code);
        }
        return OutputOf(call, invocation);
    }

    /// <summary>A makefile that this command line wrote: the rules of the targets asked for, and of what those need.</summary>
    private void OwnMakefile(Call call, List<Word> targets, Scope scope, Frame frame)
    {
        var text = (Written("GNUmakefile", call with { Scope = scope }) ?? Written("Makefile", call with { Scope = scope }) ?? Written("makefile", call with { Scope = scope }))?.Text;
        if (text is null) return;
        if (text.Length > LongestMakefile) Makefile(text, scope, frame);
        else Rules(text, targets, scope, frame);
    }

    private void Rules(string text, List<Word> targets, Scope scope, Frame frame)
    {
        var wanted = new HashSet<string>();
        foreach (var target in targets)
        {
            if (target.Text is { } name && !name.Contains('=', StringComparison.Ordinal)) wanted.Add(name);
        }
        var rules = new List<(string Target, string Needs, System.Text.StringBuilder Text)>();
        foreach (var line in text.Split('\n'))
        {
            if (!_budget.Work(1)) return;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && !char.IsWhiteSpace(line[0]) && line[0] != '.' && !line.AsSpan(colon).StartsWith(":="))
                rules.Add((line[..colon].Trim(), line[(colon + 1)..], new()));
            if (rules.Count > 0) rules[^1].Text.Append(line).Append('\n');
            else if (line.Contains("$(shell ", StringComparison.Ordinal)) Makefile(line, scope, frame);
        }
        if (wanted.Count == 0 && rules.Count > 0) wanted.Add(rules[0].Target);
        for (var round = 0; round < 8; round++)
        {
            foreach (var (target, needs, _) in rules)
            {
                if (wanted.Contains(target)) wanted.UnionWith(needs.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }
        foreach (var (target, _, body) in rules)
        {
            if (wanted.Contains(target)) Makefile(body.ToString(), scope, frame);
        }
    }

    /// <summary>Recipe lines and <c>$(shell …)</c> of a makefile that stands in the command.</summary>
    private void Makefile(string? text, Scope scope, Frame frame)
    {
        if (text is null) return;
        foreach (var line in text.Split('\n'))
        {
            if (!_budget.Expansion()) return;
            var recipe = line.StartsWith('\t') ? line : line.IndexOf(';', StringComparison.Ordinal) is var semicolon and > 0 && line.Contains(':', StringComparison.Ordinal) ? line[(semicolon + 1)..] : null;
            if (recipe is not null) Code(Word.Of(recipe.TrimStart('\t', ' ', '@', '-', '+').Replace("$$", "$", StringComparison.Ordinal)), scope.Clone(), frame, Reach.Code);
            var call = line.IndexOf("$(shell ", StringComparison.Ordinal);
            if (call >= 0 && line.LastIndexOf(')') is var end && end > call) Code(Word.Of(line[(call + 8)..end]), scope.Clone(), frame, Reach.Code);
        }
    }
}
