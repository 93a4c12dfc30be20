using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Gates.BashRules;
using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates;

/// <summary>
/// What one command does to the guards: to the files config-gate guards, by septim's own verbs, or by a client that is started
/// without hooks. Reads of guarded files are nothing to it. What a started program does by itself cannot be seen here.
/// </summary>
internal static class GuardedCommand
{
    /// <returns>What is wrong with it, as the end of "it …"; null when it leaves the guards alone.</returns>
    public static string? Harm(RuleCase at, GateContext context) =>
        at.AsksForHelp ? null
        : at.Name is "septim" ? OwnVerb(at)
        : FsSelfProtect.Rule.Judge!(at) is not null || GuardBypass.Rule.Judge!(at) is not null ? OfRule(at)
        : IsClient(at) ? Client(at, context)
        : Files(at, context);

    private static string OfRule(RuleCase at) => FsSelfProtect.Rule.Judge!(at) is not null ? "changes " + Named(at) : "starts a client without its hooks, or switches guards off";

    private static string Named(RuleCase at)
    {
        foreach (var effect in at.Effects)
            if (effect.Changes && ProtectedFile.OfWritten(effect, at.Setting) is ProtectedKind.Own or ProtectedKind.Client) return effect.Path.Shown;
        return "septim or what wires it";
    }

    private static string? OwnVerb(RuleCase at) => (at.Argument(0), at.Argument(1)) switch
    {
        ("install" or "uninstall", _) => $"changes the wiring (septim {at.Argument(0)})",
        ("budget", "raise") => "raises a ceiling",
        ("ship", "purge") => "throws the record away",
        ("audit", "attest" or "suppress") => "signs for a finding of the audit",
        (null, _) when at.Arguments.Length > 0 => "calls septim with a verb that is not known before it runs",
        _ => null,
    };

    private static bool IsClient(RuleCase at)
    {
        if (at.Name is "claude" or "claude-code") return true;
        if (at.Name is not ("npx" or "bunx" or "pnpx" or "pnpm" or "yarn" or "bun" or "npm" or "node")) return false;
        foreach (var argument in at.Arguments)
            if (argument.Shown.Contains("@anthropic-ai/claude-code", StringComparison.Ordinal)) return true;
        return false;
    }

    private static string? Client(RuleCase at, GateContext context)
    {
        // Why by hand: behind npx the options of two programs stand in one list.
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            var shown = at.Arguments[i].Shown;
            if (at.Name is not ("claude" or "claude-code") && shown is "--bare" or "--safe-mode" or "--restricted" or "--dangerously-skip-permissions" or "--allow-dangerously-skip-permissions")
                return $"starts a client with {shown}";
            if (shown is "--settings" && i + 1 < at.Arguments.Length && Settings(at, at.Arguments[i + 1]) is { } harm) return harm;
            if (shown.StartsWith("--settings=", StringComparison.Ordinal) && Settings(at, at.Arguments[i].StartsWith("--settings=") ? at.Arguments[i].From("--settings=".Length) : at.Arguments[i]) is { } joined) return joined;
        }
        if (at.Invocation.Variable("CLAUDE_CONFIG_DIR") is { } folder && !folder.Is(context.Client.ConfigDirectory)) return "starts a client with other settings (CLAUDE_CONFIG_DIR)";
        if (at.Invocation.Variable("HOME") is { } home && !home.Is(context.Client.Home)) return "starts a client with other settings (HOME)";
        foreach (var wrapper in at.Invocation.Via)
            if (wrapper.Name == "env" && Clears(wrapper)) return "starts a client in an emptied environment, where it is not counted";
        return Steered(at, context) ?? NestedClient.Unguarded(at, context) ?? Files(at, context);
    }

    /// <summary>A variable that gives the client looser settings of ours, or another place among the sessions, than this one has.</summary>
    private static string? Steered(RuleCase at, GateContext context)
    {
        IEnumerable<string> names = at.Invocation.Environment is { } exported ? exported.Keys : [];
        foreach (var name in names.Concat(at.Invocation.Assignments.Select(assignment => assignment.Name)))
        {
            if (!name.StartsWith("SEPTIM_", StringComparison.Ordinal) || at.Invocation.Variable(name) is not { } value) continue;
            var stands = name switch
            {
                SessionTree.RootVariable => context.Tree.RootSessionId,
                SessionTree.RunVariable => context.Tree.RunId,
                SessionTree.DepthVariable or "SEPTIM_STATE_DIR" or RunNotes.Variable => null,
                _ when Array.Find(ConfigKeys.All, key => key.Variable == name) is { } key => IsLooser(key, value.Text, context.Config.Text(key)) ? null : value.Text,
                _ => value.Text,
            };
            if (value.Text is null || value.Text != stands) return $"starts a client with other settings ({name})";
        }
        return null;
    }

    private static bool IsLooser(ConfigKey key, string? text, string? than) =>
        text is null || (text != than && (key.Tightening == Tightening.Never || !ConfigText.IsAsTight(key, text, than)));

    private static bool Clears(Invocation env)
    {
        foreach (var argument in env.Arguments)
        {
            if (argument.Text is "-i" or "-" or "--ignore-environment") return true;
            if (!argument.StartsWith("-") && !argument.Shown.Contains('=')) return false;
        }
        return false;
    }

    private static string? Settings(RuleCase at, Word value)
    {
        if (value.Text is not { } text) return "starts a client with settings that are not known before";
        if (text.TrimStart().StartsWith('{')) return SettingsFacts.Read(System.Text.Encoding.UTF8.GetBytes(text)).DisablesAllHooks ? "starts a client with disableAllHooks" : null;
        if (at.Reading.WrittenBefore(at.Invocation, value) is not null) return "starts a client with settings that it writes itself";
        return ShellPath.Absolute(at.Invocation.Directory, text) is { } path && ConfigGate.ReadFile(path) is { } json && SettingsFacts.Read(json).DisablesAllHooks
            ? $"starts a client with {path}, which holds disableAllHooks"
            : null;
    }

    private static string? Files(RuleCase at, GateContext context)
    {
        if (at.Invocation.IsRemote) return null;
        foreach (var effect in at.Effects)
            if (effect.Changes && Touched(at, effect, context) is { } file) return "changes " + file;
        if (at.Name is "ln")
            foreach (var operand in at.Arguments)
                if (PathOf(at, operand) is { } path && (IsGuarded(at, path, context) || GuardedFiles.IsFolder(path, context))) return $"makes another way to {path}";
        if (at.Git is { Verb: "checkout" or "restore" or "rm" or "mv" or "clean" } git && !LeavesFiles(git))
            foreach (var argument in git.Arguments)
                if (PathOf(at, argument) is { } path && (IsGuarded(at, path, context) || GuardedFiles.IsFolder(path, context))) return "changes " + path;
        return null;
    }

    /// <summary>Only git's index changes, or nothing: <c>git rm --cached</c>, <c>git restore --staged</c>, <c>git clean -n</c>.</summary>
    private static bool LeavesFiles(GitCall git)
    {
        var (index, worktree) = (false, false);
        foreach (var argument in git.Arguments)
        {
            index |= (git.Verb, argument.Text) is ("rm", "--cached") or ("restore", "--staged" or "-S") or ("rm" or "mv" or "clean", "-n" or "--dry-run");
            worktree |= argument.HasUnknown || (git.Verb == "restore" && argument.Text is "--worktree" or "-W" or "-SW" or "-WS") || argument.Is("--");
        }
        return index && !worktree;
    }

    private static string? Touched(RuleCase at, FileEffect effect, GateContext context)
    {
        if (Finder(at, effect) is { } find) return Found(at, find, effect, context);
        if (effect.Path.HasUnknown || effect.Path.HasGlob) return Matched(at, effect, context);
        if (PathOf(at, effect.Path) is not { } path) return null;
        if (IsGuarded(at, path, context)) return path;
        var takesAll = effect.Kind is FileEffectKind.RemoveTree or FileEffectKind.MoveAway || (effect.Removes && !effect.IsSelection);
        if (takesAll && GuardedFiles.Holds(path, context)) return path;
        if (effect.Kind is FileEffectKind.Mode or FileEffectKind.ModeTree && GuardedFiles.IsFolder(path, context)) return path;
        if (effect.Kind != FileEffectKind.Write || !IsDirectory(at, path)) return null;
        // Why: cp a/settings.json .claude/ writes .claude/settings.json.
        foreach (var argument in at.Arguments)
            if (argument.Text is { } text && ShellPath.Leaf(text.TrimEnd('/')) is { Length: > 0 } name and not "." and not ".."
                && Path.Combine(path, name) is var inside && (GuardedFiles.Of(inside, context) != GuardedFile.None || GuardedFiles.IsFolder(inside, context))) return inside;
        return null;
    }

    /// <summary>The find whose files these are: <c>-delete</c>, <c>-exec sed -i … {}</c>.</summary>
    private static RuleCase? Finder(RuleCase at, FileEffect effect) =>
        at.Name is "find" ? effect.IsSelection ? at : null
        : effect.Path.Pieces is [.., { IsUnknown: true, From.From: [{ Name: "find" } find] }] ? at.Of(find)
        : effect.IsSelection && at.Invocation.Via is [.., { Name: "find" } wrapper] ? at.Of(wrapper) : null;

    /// <summary>A guarded file among those that find may come to.</summary>
    private static string? Found(RuleCase at, RuleCase find, FileEffect effect, GateContext context)
    {
        foreach (var word in find.Finder.Roots)
        {
            if (PathOf(find, word) is not { } root) continue;
            // Why: any name at all may stand there.
            foreach (var own in (ReadOnlySpan<string>)[context.Paths.UserDirectory, context.Paths.StateDirectory, context.Client.ProjectsDirectory])
                if (ShellPath.IsAtOrBelow(own, root) || ShellPath.IsAtOrBelow(root, own)) return own;
            // Why: as with chmod -R, rights matter where they are changed on purpose.
            if (effect.Kind is FileEffectKind.Mode or FileEffectKind.ModeTree && !GuardedFiles.IsFolder(root, context)) continue;
            var takesTrees = effect.Kind is FileEffectKind.RemoveTree or FileEffectKind.MoveAway && find != at;
            foreach (var file in GuardedFiles.Known(context))
            {
                if (!ShellPath.IsAtOrBelow(file, root)) continue;
                var isFolder = GuardedFiles.IsFolder(file, context);
                if ((!isFolder || takesTrees || effect.Kind is FileEffectKind.Mode) && FindSelection.MayAct(find.Arguments, word.Shown, root, file, isFolder)) return file;
                if (takesTrees && HasFoundFolder(find, word.Shown, root, file)) return file;
            }
        }
        return null;
    }

    /// <summary>A folder on the way to the file is found, and goes with all in it.</summary>
    private static bool HasFoundFolder(RuleCase find, string shown, string root, string file)
    {
        for (var end = file.LastIndexOf('/'); end >= root.Length && end > 0; end = file.LastIndexOf('/', end - 1))
            if (FindSelection.MayAct(find.Arguments, shown, root, file[..end], true)) return true;
        return false;
    }

    /// <summary>A guarded file that a pattern, or a word known only in part, may mean.</summary>
    private static string? Matched(RuleCase at, FileEffect effect, GateContext context)
    {
        if (PathOf(at, Word.Of(effect.Path.Prefix + "x")) is not { } path) return null;
        var prefix = path[..^1];
        var isTree = effect.Kind is FileEffectKind.RemoveTree or FileEffectKind.MoveAway;
        foreach (var file in GuardedFiles.Known(context))
        {
            if (file.Length <= prefix.Length || !file.StartsWith(prefix, StringComparison.Ordinal)) continue;
            // Why: a pattern does not match a leading dot, and what is not known at all is not ours to judge.
            if (file[prefix.Length] == '.' && prefix.EndsWith('/')) continue;
            if (IsPattern(effect.Path) ? Matches(at, effect.Path, file) : isTree || file.IndexOf('/', prefix.Length) < 0) return file;
        }
        return null;
    }

    /// <summary>A glob that is known throughout and of the plain kind.</summary>
    private static bool IsPattern(Word word) => !word.HasUnknown && !word.Shown.Contains('(', StringComparison.Ordinal);

    /// <summary>The pattern matches the file, or a folder on the way to it.</summary>
    private static bool Matches(RuleCase at, Word pattern, string file)
    {
        if (ShellPath.Absolute(at.Invocation.Directory, pattern.Shown) is not { } whole) return true;
        var globs = whole.Split('/');
        var names = file.Split('/');
        for (var i = 0; i < globs.Length; i++)
            if (i >= names.Length || !Shell.Evaluation.GlobMatch.Matches(names[i], globs[i])) return false;
        return true;
    }

    private static bool IsGuarded(RuleCase at, string path, GateContext context) =>
        GuardedFiles.Of(path, context) != GuardedFile.None
        || (HasLink(at, path) && ConfigGate.ResolvedTarget(path) is { } real && GuardedFiles.Of(real, context) != GuardedFile.None);

    private static bool IsDirectory(RuleCase at, string path) =>
        at.Setting.Shell.Probe?.Invoke(path) is { LinkTarget: null } fact ? fact.IsDirectory : Directory.Exists(path);

    /// <summary>There is a link on the way. What was looked at once for the command is not looked at again.</summary>
    private static bool HasLink(RuleCase at, string path)
    {
        if (at.Setting.Shell.Probe is not { } probe) return true;
        for (var end = 0; end < path.Length;)
        {
            end = path.IndexOf('/', end + 1);
            if (end < 0) end = path.Length;
            if (probe(path[..end]) is not { LinkTarget: null }) return true;
        }
        return false;
    }

    private static string? PathOf(RuleCase at, Word word) =>
        word.Text is { Length: > 0 } text && ShellPath.Absolute(at.Invocation.Directory, text) is { } path && !path.Contains('\0') ? path : null;
}
