using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>What login and interactive shells load: assignments, aliases, and the files they source. No shell is run.</summary>
internal sealed partial class ShellStartup
{
    private const int MaxDepth = 5;

    private static readonly string[] HomeFiles =
    [
        ".zshenv", ".zprofile", ".zshrc", ".zlogin", ".bash_profile", ".bash_login", ".bashrc", ".profile", ".bash_aliases",
        ".config/fish/config.fish", ".config/fish/fish_variables", ".pam_environment", ".kshrc", ".xprofile", ".xsessionrc",
    ];

    private static readonly (string Folder, string Pattern)[] HomeFolders =
    [
        (".config/fish/conf.d", "*.fish"), (".config/fish/functions", "*.fish"), (".config/nushell", "*.nu"),
        ("Documents/PowerShell", "*.ps1"), ("Documents/WindowsPowerShell", "*.ps1"), ("OneDrive/Documents/PowerShell", "*.ps1"), ("OneDrive/Documents/WindowsPowerShell", "*.ps1"), (".config/powershell", "*.ps1"),
        (".config/environment.d", "*.conf"), ("Library/LaunchAgents", "*.plist"),
        (".oh-my-zsh/custom", "*.zsh"), (".bashrc.d", "*"), (".zshrc.d", "*"),
    ];

    private readonly AuditOptions _options;
    private readonly InputReader _inputs;
    private readonly Roots _roots;
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _exported = new(StringComparer.Ordinal);

    /// <summary>What a for loop's variable runs through.</summary>
    private readonly Dictionary<string, List<string>> _loops = new(StringComparer.Ordinal);

    public ShellStartup(AuditOptions options, InputReader inputs, Roots roots)
    {
        (_options, _inputs, _roots) = (options, inputs, roots);
        if (options.UseHome)
        {
            _variables["HOME"] = options.Home;
            var zdotdir = options.Variable("ZDOTDIR");
            foreach (var file in HomeFiles) Load(Path.Combine(options.Home, file), "", 0);
            if (zdotdir is not null && zdotdir != options.Home)
                foreach (var file in HomeFiles.Where(file => file.Starts(".z"))) Load(Path.Combine(zdotdir, file), "", 0);
            foreach (var (folder, pattern) in HomeFolders)
                foreach (var path in List(Path.Combine(options.Home, folder), pattern)) Load(path, "", 0);
            if (_variables.TryGetValue("ZDOTDIR", out var assigned) && assigned != options.Home)
                foreach (var file in HomeFiles.Where(file => file.Starts(".z"))) Load(Path.Combine(assigned, file), "", 0);
            Load(Path.Combine(options.SystemRoot, "etc/environment"), "", 0);
            foreach (var path in List(Path.Combine(options.SystemRoot, "etc/profile.d"), "*.sh")) Load(path, "", 0);
            foreach (var file in (string[])["etc/profile", "etc/bash.bashrc", "etc/zshenv", "etc/zprofile", "etc/zshrc", "etc/zsh/zshenv", "etc/zsh/zprofile", "etc/zsh/zshrc"]) Load(Path.Combine(options.SystemRoot, file), "", 0);
            ReadRegistry();
        }
        Load(Path.Combine(options.Project, ".envrc"), "", 0);
    }

    public List<ShellAssignment> Assignments { get; } = [];
    public List<Input> Files { get; } = [];

    /// <summary>Commands, for aliases that start the client.</summary>
    public List<ShellLine> Lines { get; } = [];

    /// <summary>Sourced paths that could not be resolved, and evals.</summary>
    public List<(Place Place, string What)> Unresolved { get; } = [];
    public List<(Place Place, string What)> Evals { get; } = [];

    private void Load(string path, string chain, int depth, bool exportsAll = false)
    {
        path = Path.GetFullPath(path);
        if (!_done.Add(path)) return;
        var input = _inputs.Read(path);
        if (!input.IsThere) return;
        Files.Add(input);
        if (!input.HasText) return;
        var here = chain.Length == 0 ? _roots.Show(path) : $"{chain} → {_roots.Show(path)}";
        if (path.Ends(".ps1")) ReadPowerShell(input, here, depth);
        else if (path.EndsWith(".cmd", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".bat", StringComparison.OrdinalIgnoreCase)) ReadBatch(input, here, depth);
        else if (StartupPairs.FormOf(path) is { } form) Assignments.AddRange(StartupPairs.Read(input, input.Text, here, form));
        else ReadShell(input, here, depth, exportsAll);
    }

    /// <summary>Literals, ~, $HOME, $ZDOTDIR, $XDG_CONFIG_HOME, variables given a literal before, and defaults; null for anything else.</summary>
    private string? Expand(string text)
    {
        if (text == "~") text = _options.Home;
        if (text.Starts("~/")) text = _options.Home + text[1..];
        // Why twice: a default may hold a variable of its own.
        for (var pass = 0; pass < 2 && text.Has("$"); pass++) text = Variable().Replace(text, match => Value(match) ?? match.Value);
        return text.Has("$") || text.Has("`") ? null : text.Starts("~/") ? _options.Home + text[1..] : text;
    }

    private string? Value(Match match)
    {
        var name = match.Groups["n"].Value;
        if (_variables.TryGetValue(name, out var value)) return value;
        if (match.Groups["d"].Success) return match.Groups["d"].Value;
        return name switch { "XDG_CONFIG_HOME" => Path.Combine(_options.Home, ".config"), "ZDOTDIR" => _options.Home, _ => null };
    }

    private static (string Name, string Value)? SplitAssignment(ShellWord word)
    {
        var equals = word.Text.IndexOf('=');
        if (equals <= 0 || char.IsAsciiDigit(word.Text[0])) return null;
        foreach (var c in word.Text.AsSpan(0, equals))
            if (!char.IsAsciiLetterOrDigit(c) && c != '_') return null;
        return (word.Text[..equals], word.Text[(equals + 1)..]);
    }

    private List<string> List(string folder, string pattern)
    {
        var files = _inputs.List(folder, pattern, out var gap);
        if (gap is not null) Files.Add(gap);
        return files;
    }

    [GeneratedRegex(@"\$(?<n>[A-Za-z_][A-Za-z0-9_]*)|\$\{(?<n>[A-Za-z_][A-Za-z0-9_]*)(:?[-=](?<d>[^{}]*))?\}|\$\{(?<n>[A-Za-z_][A-Za-z0-9_]*):?[-=](?<d>\$\{[A-Za-z_][A-Za-z0-9_]*\}[^{}]*)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)] private static partial Regex Variable();
    [GeneratedRegex(@"^\$\{(?<n>[A-Za-z_][A-Za-z0-9_]*):?[-=](?<v>.*)\}$", RegexOptions.CultureInvariant | RegexOptions.Singleline)] private static partial Regex DefaultForm();
}
