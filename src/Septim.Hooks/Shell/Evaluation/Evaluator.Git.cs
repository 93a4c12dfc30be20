using System.Globalization;

namespace Septim.Hooks.Shell.Evaluation;

internal sealed partial class Evaluator
{
    /// <summary>git: aliases of every kind are opened, <c>-C</c> is in the directory, and what git itself runs is run.</summary>
    private Feed Git(Call call)
    {
        var options = OptionReader.Read(call.Arguments, ToolTables.Git);
        var directory = call.Scope.Directory;
        foreach (var change in options.Values("-C")) directory = change.Text is { } known ? ShellPath.Absolute(directory, known) : null;
        var at = options.FirstOperand;
        var invocation = Emit(call, null, directory ?? (options.Has("-C") ? "" : null));
        var frame = Inside(call.Frame, invocation, Reach.Later);
        if (at >= call.Arguments.Length || options.Has("--help", "--version") || options.Has("-h", "-v")) return OutputOf(call, invocation);
        var name = call.Text(at);
        var child = call.Scope.Clone();
        child.Directory = directory;
        GitHelpers(call, options, name, child, frame);
        if (GitAlias(call, options, name) is { } alias && !IsGitCommand(name))
        {
            var aliased = Inside(call.Frame, invocation, Reach.Alias);
            var rest = call.Rest(at + 1);
            if (!_budget.CodeLevel(aliased.CodeLevel + 1)) return Feed.Nothing;
            aliased = aliased with { CodeLevel = aliased.CodeLevel + 1 };
            if (alias.Prefix.StartsWith('!')) return Code(Join([alias.From(1), .. rest]), Child(call with { Scope = child }), aliased, Reach.Code);
            var source = new Syntax.SourceText("git " + _holes.Text(alias), call.Frame.Segment, false);
            if (Syntax.Parser.Parse(source, _budget).Items is [(Syntax.SimpleNode simple, _), ..])
            {
                return Invoke([.. _expander.Expand(simple.Words, child, aliased), .. rest], call.Assignments, call.Redirects, child, aliased, false);
            }
        }
        GitRuns(call, name, at + 1, child, frame);
        return OutputOf(call, invocation);
    }

    private Word? GitAlias(Call call, OptionReading options, string name)
    {
        var key = "alias." + name;
        foreach (var setting in options.Values("-c"))
        {
            if (setting.Prefix is var text && text.Length > key.Length && text[key.Length] == '=' && text.StartsWith(key, StringComparison.OrdinalIgnoreCase)) return setting.From(key.Length + 1);
        }
        for (var i = 0; i < 16 && Environment(call, "GIT_CONFIG_KEY_" + i.ToString(CultureInfo.InvariantCulture)) is { } given; i++)
        {
            if (string.Equals(given.Text, key, StringComparison.OrdinalIgnoreCase)) return Environment(call, "GIT_CONFIG_VALUE_" + i.ToString(CultureInfo.InvariantCulture));
        }
        if (call.Scope.Find("git alias." + name) is { Values: [var set, ..] }) return set;
        return !IsGitCommand(name) && _setting.GitAlias?.Invoke(name) is { } known ? Word.Of(known) : null;
    }

    private static Word? Environment(Call call, string name)
    {
        for (var i = call.Assignments.Length - 1; i >= 0; i--)
        {
            if (call.Assignments[i].Name == name) return call.Assignments[i].Value;
        }
        return call.Scope.Find(name) is { IsExported: true, Values: [var value, ..] } ? value : null;
    }

    /// <summary>Configuration and environment that name programs which git starts.</summary>
    private void GitHelpers(Call call, OptionReading options, string name, Scope scope, Frame frame)
    {
        var settings = new List<Word>(options.Values("-c"));
        for (var i = 0; i < 16 && Environment(call, "GIT_CONFIG_KEY_" + i.ToString(CultureInfo.InvariantCulture)) is { } given; i++)
        {
            if (Environment(call, "GIT_CONFIG_VALUE_" + i.ToString(CultureInfo.InvariantCulture)) is { } set) settings.Add(new Word([.. given.Pieces, new WordPiece(PieceKind.Literal, "=", true), .. set.Pieces]));
        }
        foreach (var setting in settings)
        {
            var equals = setting.Prefix.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) continue;
            var key = setting.Prefix[..equals].Trim().ToLowerInvariant();
            var value = setting.From(equals + 1);
            var isShell = key is "core.sshcommand" or "core.pager" or "core.editor" or "sequence.editor" or "core.fsmonitor" or "diff.external" or "core.askpass" or "gpg.program"
                || (key.StartsWith("pager.", StringComparison.Ordinal) || key.EndsWith(".textconv", StringComparison.Ordinal) || key.EndsWith(".clean", StringComparison.Ordinal) || key.EndsWith(".smudge", StringComparison.Ordinal) || key.EndsWith(".cmd", StringComparison.Ordinal));
            var isBang = key.StartsWith("credential", StringComparison.Ordinal) && value.StartsWith("!");
            if (isShell && value.Text is not ("true" or "false" or "" or "0" or "1")) Code(value, scope.Clone(), frame, Reach.Later);
            else if (isBang) Code(value.From(1), scope.Clone(), frame, Reach.Later);
        }
        var talks = name is "fetch" or "push" or "pull" or "clone" or "ls-remote" or "remote" or "submodule" or "archive";
        foreach (var variable in (ReadOnlySpan<string>)["GIT_SSH_COMMAND", "GIT_PROXY_COMMAND", "GIT_EDITOR", "GIT_SEQUENCE_EDITOR", "GIT_PAGER", "GIT_EXTERNAL_DIFF", "GIT_ASKPASS", "PAGER", "EDITOR", "VISUAL"])
        {
            var needsRemote = variable is "GIT_SSH_COMMAND" or "GIT_PROXY_COMMAND" or "GIT_ASKPASS";
            if ((talks || !needsRemote) && Environment(call, variable) is { } code && code.Text is not ("true" or ":" or "cat" or "")) Code(code, scope.Clone(), frame, Reach.Later);
        }
    }

    /// <summary>Subcommands whose arguments git runs.</summary>
    private void GitRuns(Call call, string name, int from, Scope scope, Frame frame)
    {
        switch (name)
        {
            case "bisect" when call.Text(from) == "run" && from + 1 < call.Arguments.Length:
                Invoke(call.Rest(from + 1), [], [], scope.Clone(), frame, false);
                break;
            case "submodule":
                for (var i = from; i < call.Arguments.Length; i++)
                {
                    if (call.Text(i) != "foreach") continue;
                    var at = i + 1;
                    while (call.Text(at) is "--recursive" or "--quiet" or "-q") at++;
                    if (at < call.Arguments.Length) Code(Join(call.Arguments, at), scope.Clone(), frame with { Reach = frame.Reach | Reach.Loop }, Reach.Code);
                    break;
                }
                break;
            case "rebase" or "filter-branch" or "difftool" or "mergetool" or "ls-remote" or "fetch" or "clone" or "pull" or "push" or "archive" or "grep":
                for (var i = from; i < call.Arguments.Length; i++)
                {
                    var text = call.Arguments[i].Prefix;
                    var equals = text.IndexOf('=', StringComparison.Ordinal);
                    var key = equals > 0 ? text[..equals] : text;
                    var runs = (key is "--exec" && name is "rebase") || key is "--upload-pack" or "--receive-pack" or "--extcmd" or "--open-files-in-pager"
                        || (key is "-x" && name is "rebase" or "difftool") || (name == "filter-branch" && key.EndsWith("-filter", StringComparison.Ordinal));
                    if (!runs) continue;
                    var code = equals > 0 ? call.Arguments[i].From(equals + 1) : i + 1 < call.Arguments.Length ? call.Arguments[i + 1] : null;
                    if (code is not null) Code(code, scope.Clone(), frame, Reach.Code);
                }
                break;
            case "config":
                for (var i = from; i + 1 < call.Arguments.Length; i++)
                {
                    if (!call.Text(i).StartsWith("alias.", StringComparison.OrdinalIgnoreCase)) continue;
                    call.Scope.Set("git " + call.Text(i).ToLowerInvariant(), Variable.Of(call.Arguments[i + 1]));
                    if (call.Arguments[i + 1].StartsWith("!")) Code(call.Arguments[i + 1].From(1), scope.Clone(), frame, Reach.Later);
                }
                break;
        }
    }

    /// <summary>git ignores an alias that hides one of its own commands.</summary>
    private static bool IsGitCommand(string name) => name is "add" or "am" or "annotate" or "apply" or "archive" or "bisect" or "blame" or "branch" or "bundle" or "cat-file"
        or "check-ignore" or "checkout" or "cherry" or "cherry-pick" or "clean" or "clone" or "commit" or "commit-tree" or "config" or "count-objects" or "credential" or "describe" or "diff" or "diff-tree" or "difftool"
        or "fast-export" or "fast-import" or "fetch" or "filter-branch" or "for-each-ref" or "format-patch" or "fsck" or "gc" or "grep" or "hash-object" or "help" or "init" or "log" or "ls-files" or "ls-remote" or "ls-tree"
        or "maintenance" or "merge" or "merge-base" or "merge-tree" or "mergetool" or "mv" or "name-rev" or "notes" or "prune" or "pull" or "push" or "range-diff" or "read-tree" or "rebase" or "reflog" or "remote" or "repack"
        or "replace" or "rerere" or "reset" or "restore" or "rev-list" or "rev-parse" or "revert" or "rm" or "shortlog" or "show" or "show-branch" or "show-ref" or "sparse-checkout" or "stash" or "status" or "submodule"
        or "switch" or "symbolic-ref" or "tag" or "update-index" or "update-ref" or "var" or "verify-commit" or "version" or "whatchanged" or "worktree" or "write-tree";
}
