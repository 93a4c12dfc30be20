using System.Security.Cryptography;
using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Finds what hook commands start: paths with the client's variables, programs on the client's PATH, scripts behind interpreters.</summary>
internal sealed class HookTargets
{
    private static readonly System.Buffers.SearchValues<char> VariableSigns = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private static readonly string[] Builtins = [":", "true", "false", "echo", "printf", "exit", "test", "[", "[[", "read", "eval", "exec", "trap", "type", "ulimit", "unset", "wait"];

    private static readonly string[] Interpreters =
        ["bash", "sh", "zsh", "dash", "node", "python", "python3", "uv", "deno", "bun", "ruby", "perl", "pwsh", "powershell", "tsx", "npx", "uvx", "php", "dotnet"];

    private readonly AuditOptions _options;
    private readonly InputReader _inputs;
    private readonly string[] _path;
    private string? _ownHash;

    public HookTargets(AuditOptions options, EffectiveSettings settings, InputReader inputs)
    {
        (_options, _inputs) = (options, inputs);
        KnowsPath = options.UseEnvironment || settings.Variable("PATH") is not null;
        var path = settings.Variable("PATH")?.Value ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        var folders = new List<string>(path.Split(OperatingSystem.IsWindows() ? ';' : ':', StringSplitOptions.RemoveEmptyEntries));
        foreach (var own in (string[])[".local/bin", "bin", ".septim/bin"]) folders.Add(Path.Combine(options.Home, own));
        // Why: without the live environment the PATH is not known, and the binary that audits is the one that was installed.
        if (!options.UseEnvironment && Path.GetDirectoryName(options.OwnBinary) is { } beside) folders.Add(beside);
        _path = [.. folders.Distinct()];
    }

    /// <summary>The client's PATH is known: from the live environment or the settings.</summary>
    public bool KnowsPath { get; }

    public HookTarget Resolve(DeclaredHook hook, string root)
    {
        var words = hook.Args is { } args
            ? [new ShellWord(hook.Command, true), .. args.Select(arg => new ShellWord(arg, true))]
            : FirstCommand(hook.Command);
        if (words.Count == 0) return HookTarget.None;
        var program = Expand(words[0].Text, hook, root);
        if (hook.Args is null && Builtins.Contains(program)) return new HookTarget(program, program, null, false, "", "", null);
        var path = Find(program, out var relative);
        var missing = path is null && !program.Has("/") && !program.Has("\\") && !program.Has("$") ? program : null;
        if (missing is not null && Interpreters.Contains(missing)) path = missing;
        else if (missing is not null && !KnowsPath && !missing.HasWord("septim")) return new HookTarget(program, null, null, false, "", "", null, Missing: missing);
        if (path is null)
            return new HookTarget(program, null, null, false, "", "", program.Has("$") ? "its path cannot be resolved" : "the program is not there", IsRelative: relative);
        if (missing is null && IsOwn(path)) return new HookTarget(program, path, null, true, words.Count > 1 ? words[1].Text : "", "", null);
        var name = Path.GetFileNameWithoutExtension(path);
        if (program.Has("/") && !Interpreters.Contains(Path.GetFileName(program)))
        {
            var notExecutable = !OperatingSystem.IsWindows() && (Mode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) == 0;
            return new HookTarget(program, path, path, false, "", TextOf(path), null, notExecutable, relative);
        }
        if (!Interpreters.Contains(name)) return new HookTarget(program, path, null, false, "", "", null);
        return Script(name, words, program, path, missing, hook, root);
    }

    /// <summary>What an interpreter gets: a script, or code in its words.</summary>
    private HookTarget Script(string name, List<ShellWord> words, string program, string path, string? missing, DeclaredHook hook, string root)
    {
        for (var i = 1; i < words.Count; i++)
        {
            var text = Expand(words[i].Text, hook, root);
            if (text is "-c" or "-e" or "--eval" or "-Command") return new HookTarget(program, path, null, false, "", i + 1 < words.Count ? words[i + 1].Text : "", null, Missing: missing);
            // Why not of the package runners: what they get is a package.
            if (name is "npx" or "uvx") break;
            if (text.StartsWith('-') || text is "run" or "." or ".." || !(text.Has("/") || text.Has("."))) continue;
            var script = Roots.IsAbsolute(text) ? text : Path.Combine(_options.Project, text);
            var isRelative = !Roots.IsAbsolute(text);
            if (text.Has("$")) return new HookTarget(program, path, text, false, "", "", "its path cannot be resolved", IsRelative: isRelative, Missing: missing);
            return FileSystem.Real.Stat(script).Kind == FileKind.File
                ? new HookTarget(program, path, Path.GetFullPath(script), false, "", TextOf(script), null, IsRelative: isRelative, Missing: missing)
                : new HookTarget(program, path, script, false, "", "", "the script is not there", IsRelative: isRelative, Missing: missing);
        }
        return new HookTarget(program, path, null, false, "", "", null, Missing: missing);
    }

    /// <summary>Whether a bare program name is on the client's PATH.</summary>
    public bool IsOnPath(string name) => Find(name, out _) is not null;

    public bool IsOwn(string path)
    {
        if (_options.OwnBinary.Length == 0) return false;
        var real = Real(path);
        if (real == Real(_options.OwnBinary)) return true;
        try
        {
            if (new FileInfo(real).Length != new FileInfo(_options.OwnBinary).Length) return false;
            _ownHash ??= Hash(_options.OwnBinary);
            return Hash(real) == _ownHash;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static List<ShellWord> FirstCommand(string command)
    {
        foreach (var line in ShellText.Split(WindowsStartup.ForwardSlashes(command), _ => Place.None))
        {
            var words = line.Words.ToList();
            while (words.Count > 0 && (IsAssignment(words[0].Text) || words[0].Text is "exec" or "env" or "/usr/bin/env" or "/bin/env" or "-S" or "nohup" or "command" or "time" or "&" or ".")) words.RemoveAt(0);
            if (words.Count > 0 && words[0].Text is not ("cd" or "export" or "set" or "true" or "[" or "test" or "if")) return words;
        }
        return [];
    }

    private static bool IsAssignment(string word) =>
        word.IndexOf('=') is var cut and > 0 && word.AsSpan(0, cut).IndexOfAnyExcept(VariableSigns) < 0;

    private string Expand(string text, DeclaredHook hook, string root)
    {
        var folder = hook.Source == "plugin" ? root : _options.Project;
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
        [
            ("CLAUDE_PROJECT_DIR", _options.Project), ("CLAUDE_PLUGIN_ROOT", folder), ("HOME", _options.Home), ("CLAUDE_CONFIG_DIR", _options.ConfigDirectory), ("USERPROFILE", _options.Home),
        ])
            text = text.Replace($"${{{name}}}", value, StringComparison.Ordinal).Replace($"${name}", value, StringComparison.Ordinal).Replace($"%{name}%", value, StringComparison.OrdinalIgnoreCase).Replace($"$env:{name}", value, StringComparison.OrdinalIgnoreCase);
        return text.Starts("~/") ? _options.Home + text[1..] : text;
    }

    private string? Find(string program, out bool relative)
    {
        relative = false;
        if (program.Has("/") || program.Has("\\"))
        {
            relative = !Roots.IsAbsolute(program);
            var path = relative ? Path.Combine(_options.Project, program) : program;
            return FileSystem.Real.Stat(path).Kind == FileKind.File ? Path.GetFullPath(path) : null;
        }
        foreach (var folder in _path)
            foreach (var ending in OperatingSystem.IsWindows() ? (string[])["", ".exe", ".cmd"] : [""])
                if (Path.Combine(folder, program + ending) is var path && FileSystem.Real.Stat(path).Kind == FileKind.File) return path;
        return null;
    }

    private string TextOf(string path)
    {
        try
        {
            RegularFile.ThrowIfOther(path);
            using var stream = File.OpenRead(path);
            Span<byte> head = stackalloc byte[512];
            if (head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)].Contains((byte)0)) return "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
        return _inputs.Read(path) is { HasText: true } input ? input.Text : "";
    }

    private static UnixFileMode Mode(string path)
    {
        try
        {
            return OperatingSystem.IsWindows() ? UnixFileMode.UserExecute : File.GetUnixFileMode(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return UnixFileMode.UserExecute;
        }
    }

    private static string Real(string path)
    {
        try
        {
            return new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        }
        catch (IOException)
        {
            return path;
        }
    }

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(stream));
    }
}
