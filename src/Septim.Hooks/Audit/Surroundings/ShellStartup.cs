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

    private void ReadShell(Input input, string chain, int depth, bool exportsAll)
    {
        var pending = new Dictionary<string, ShellAssignment>(StringComparer.Ordinal);
        foreach (var line in ShellText.Split(input))
        {
            Lines.Add(line);
            ReadLine(line, chain, depth, pending, ref exportsAll);
        }
    }

    private void ReadLine(ShellLine line, string chain, int depth, Dictionary<string, ShellAssignment> pending, ref bool exportsAll)
    {
        var words = line.Words;
        var first = 0;
        while (first < words.Count && words[first].Text is "then" or "do" or "else" or "if" or "!" or "builtin" or "command" or "{" or "and" or "or") first++;
        if (first >= words.Count) return;
        var verb = words[first].Text;
        switch (verb)
        {
            case "export":
                for (var i = first + 1; i < words.Count; i++) Export(words[i], line, chain, pending);
                return;
            case "typeset" or "declare" or "local" or "readonly":
                var exports = words.Any(word => word.Text.StartsWith('-') && word.Text.Has("x"));
                for (var i = first + 1; i < words.Count; i++)
                    if (exports) Export(words[i], line, chain, pending);
                    else if (SplitAssignment(words[i]) is { } made) Assign(made, words[i].IsLiteral, line, chain, pending, exportsAll, isInline: false);
                return;
            case "set" when words.Count > first + 1 && (words[first + 1].Text is "-a" or "+a" || (words[first + 1].Text is "-o" or "+o" && words.Count > first + 2 && words[first + 2].Text == "allexport")):
                exportsAll = words[first + 1].Text.StartsWith('-');
                return;
            case "setopt" or "unsetopt" when words.Skip(first + 1).Any(word => word.Text.Replace("_", "", StringComparison.Ordinal).Same("allexport")):
                exportsAll = verb == "setopt";
                return;
            case "launchctl" or "systemctl" when words.Skip(first + 1).Any(word => word.Text is "setenv" or "set-environment"):
                Manager(words, line, chain);
                return;
            case "dotenv" or "dotenv_if_exists" or "source_env" or "source_env_if_exists":
                Dotenv(words.Count > first + 1 ? words[first + 1].Text : verb.Starts("dotenv") ? ".env" : ".envrc", line, chain, depth);
                return;
            case "set" when words.Count > first + 2 && words.Skip(first + 1).TakeWhile(word => word.Text.StartsWith('-')).Any(word => word.Text.Has("x") || word.Text == "--export"):
                var name = words.Skip(first + 1).SkipWhile(word => word.Text.StartsWith('-')).ToList();
                if (name.Count > 1) Assignments.Add(new ShellAssignment(name[0].Text, name[1].Text, line.Place, chain, name[1].IsLiteral));
                return;
            case "setx" or "setenv" when words.Count > first + 2:
                Assignments.Add(new ShellAssignment(words[first + 1].Text, words[first + 2].Text, line.Place, chain, words[first + 2].IsLiteral));
                return;
            case "source" or "." when words.Count > first + 1:
                Source(words[first + 1], line, chain, depth, exportsAll);
                return;
            case "eval":
                Evals.Add((line.Place, Words.Quote(line.Text, 80)));
                if (words.Skip(first + 1).All(word => word.IsLiteral))
                    foreach (var inner in ShellText.Split(string.Join(' ', words.Skip(first + 1).Select(word => word.Text)), _ => line.Place)) ReadLine(inner, chain, depth, pending, ref exportsAll);
                return;
            case "for" when words.Count > first + 3 && words[first + 2].Text == "in":
                _loops[words[first + 1].Text] = [.. words.Skip(first + 3).Select(word => word.Text)];
                return;
            case ":":
                // Why: ": ${K:=value}" gives a variable its value in passing.
                foreach (var word in words.Skip(first + 1))
                    if (Default(word.Text) is { } given) Assign(given, true, line, chain, pending, exportsAll, isInline: false);
                return;
            case "env" when words.Count > first + 1:
                first++;
                while (first < words.Count && (words[first].Text.StartsWith('-') || words[first].Text == "env")) first++;
                break;
            case "alias":
                foreach (var alias in words.Skip(first + 1))
                    if (alias.Text.IndexOf('=') is var cut and > 0)
                        foreach (var inner in ShellText.Split(alias.Text[(cut + 1)..], _ => line.Place)) ReadLine(inner, chain, depth, pending, ref exportsAll);
                return;
        }
        for (var i = first; i < words.Count && SplitAssignment(words[i]) is { } assignment; i++)
            Assign(assignment, words[i].IsLiteral, line, chain, pending, exportsAll, isInline: words.Skip(first).Any(word => SplitAssignment(word) is null));
    }

    private void Assign((string Name, string Value) assignment, bool isLiteral, ShellLine line, string chain, Dictionary<string, ShellAssignment> pending, bool exportsAll, bool isInline)
    {
        var made = Made(assignment, isLiteral, line, chain);
        if (exportsAll || isInline) Assignments.Add(made with { IsInline = isInline });
        else if (_exported.Contains(made.Name)) Assignments.Add(made);
        else pending[made.Name] = made;
    }

    /// <summary>Remembers the value for paths that use it; a default that stands in the text counts as the value.</summary>
    private ShellAssignment Made((string Name, string Value) assignment, bool isLiteral, ShellLine line, string chain)
    {
        var (name, value) = assignment;
        if (!isLiteral && Default(value) is { } given && given.Value.Length > 0 && given.Value.AsSpan().IndexOfAny('$', '`') < 0) (value, isLiteral) = (given.Value, true);
        if (Expand(value) is { } expanded)
        {
            _variables[name] = expanded;
            // Why: a password given two lines above is as good as written here.
            if (!isLiteral) (value, isLiteral) = (expanded, true);
        }
        return new ShellAssignment(name, value, line.Place, chain, isLiteral);
    }

    /// <summary>The name and default of a word such as <c>${K:-value}</c>; null for anything else.</summary>
    private static (string Name, string Value)? Default(string text) =>
        DefaultForm().Match(text) is { Success: true } match ? (match.Groups["n"].Value, match.Groups["v"].Value) : null;

    private void Export(ShellWord word, ShellLine line, string chain, Dictionary<string, ShellAssignment> pending)
    {
        if (SplitAssignment(word) is { } assignment)
        {
            Assignments.Add(Made(assignment, word.IsLiteral, line, chain));
        }
        else if (pending.TryGetValue(word.Text, out var made)) Assignments.Add(made);
        else if (word.Text.Starts("$(") || word.Text.StartsWith('`')) Substituted(word, line, chain);
        else _exported.Add(word.Text);
    }

    /// <summary><c>export $(grep -v '^#' ~/.env | xargs)</c>: the files that it names hold the assignments.</summary>
    private void Substituted(ShellWord word, ShellLine line, string chain)
    {
        foreach (var part in word.Text.Trim('$', '(', ')', '`').Split([' ', '|', ';', '<', '"'], StringSplitOptions.RemoveEmptyEntries))
            if ((part.Has("/") || part.Has(".env")) && !part.StartsWith('\'') && !part.StartsWith('-') && Expand(part) is { } path && (Path.IsPathRooted(path) || _roots.IsInProject(line.Place.Path)))
                Load(Path.GetFullPath(path, _options.Project), $"{chain}:{line.Place.Line}", 1, exportsAll: true);
    }

    /// <summary><c>launchctl setenv K V</c> and <c>systemctl --user set-environment K=V</c>.</summary>
    private void Manager(IReadOnlyList<ShellWord> words, ShellLine line, string chain)
    {
        for (var i = 1; i < words.Count; i++)
        {
            if (words[i].Text == "setenv" && i + 2 < words.Count) Assignments.Add(new ShellAssignment(words[i + 1].Text, words[i + 2].Text, line.Place, chain, words[i + 2].IsLiteral));
            else if (SplitAssignment(words[i]) is { } assignment) Assignments.Add(new ShellAssignment(assignment.Name, assignment.Value, line.Place, chain, words[i].IsLiteral));
        }
    }

    /// <summary>The files that direnv's own verbs load; relative to the file that names them.</summary>
    private void Dotenv(string target, ShellLine line, string chain, int depth)
    {
        if (Expand(target) is not { } path) Unresolved.Add((line.Place, target));
        else if (depth < MaxDepth) Load(Path.GetFullPath(path, Path.GetDirectoryName(line.Place.Path)!), $"{chain}:{line.Place.Line}", depth + 1, exportsAll: !target.Ends(".envrc"));
    }

    private void Source(ShellWord word, ShellLine line, string chain, int depth, bool exportsAll)
    {
        if (word.Text.Trim('{', '}', '$') is var name && word.Text.StartsWith('$') && _loops.TryGetValue(name, out var values))
        {
            foreach (var value in values) Source(new ShellWord(value, true), line, chain, depth, exportsAll);
            return;
        }
        var path = Expand(word.Text);
        // Why in the project: direnv runs .envrc in its own folder, so a relative path there is no riddle.
        if (path is not null && !Path.IsPathRooted(path) && _roots.IsInProject(line.Place.Path) && !path.Has(" ")) path = Path.GetFullPath(path, Path.GetDirectoryName(line.Place.Path)!);
        if (path is null || !Path.IsPathRooted(path) || (Path.GetDirectoryName(path)?.Has("*") ?? true))
        {
            Unresolved.Add((line.Place, word.Text));
            return;
        }
        if (depth >= MaxDepth) Unresolved.Add((line.Place, $"{word.Text} (deeper than {MaxDepth} levels)"));
        else if (path.Has("*"))
            foreach (var one in List(Path.GetDirectoryName(path)!, Path.GetFileName(path))) Load(one, $"{chain}:{line.Place.Line}", depth + 1, exportsAll);
        else Load(path, $"{chain}:{line.Place.Line}", depth + 1, exportsAll);
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
