using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>The commands of sh, bash, zsh, fish and direnv that set variables or load further files.</summary>
internal sealed partial class ShellStartup
{
    /// <summary>Where the reading of one file stands.</summary>
    /// <param name="Chain">The files that led here, for the report.</param>
    /// <param name="Depth">How many they are.</param>
    private sealed record Sourced(string Chain, int Depth)
    {
        /// <summary>Every variable that is set goes to the client: <c>set -a</c>.</summary>
        public bool ExportsAll { get; set; }

        /// <summary>Variables that are set and not exported yet.</summary>
        public Dictionary<string, ShellAssignment> Pending { get; } = new(StringComparer.Ordinal);

        public string ChainAt(ShellLine line) => $"{Chain}:{line.Place.Line}";
    }

    private void ReadShell(Input input, string chain, int depth, bool exportsAll)
    {
        var file = new Sourced(chain, depth) { ExportsAll = exportsAll };
        foreach (var line in ShellText.Split(input))
        {
            Lines.Add(line);
            ReadLine(line, file);
        }
    }

    private void ReadLine(ShellLine line, Sourced file)
    {
        var words = line.Words.SkipWhile(word => word.Text is "then" or "do" or "else" or "if" or "!" or "builtin" or "command" or "{" or "and" or "or").ToList();
        if (words.Count == 0 || Exports(words[0].Text, words[1..], line, file) || Loads(words[0].Text, words[1..], line, file)) return;
        if (words[0].Text == "env" && words.Count > 1) words = [.. words.Skip(1).SkipWhile(word => word.Text.StartsWith('-') || word.Text == "env")];
        foreach (var word in words)
        {
            if (SplitAssignment(word) is not { } assignment) return;
            Assign(assignment, word.IsLiteral, line, file, isInline: words.Any(other => SplitAssignment(other) is null));
        }
    }

    /// <summary>Verbs that set or export variables.</summary>
    private bool Exports(string verb, List<ShellWord> words, ShellLine line, Sourced file)
    {
        var options = words.TakeWhile(word => word.Text.StartsWith('-')).ToList();
        switch (verb)
        {
            case "export":
                foreach (var word in words) Export(word, line, file);
                return true;
            case "typeset" or "declare" or "local" or "readonly":
                var exports = words.Any(word => word.Text.StartsWith('-') && word.Text.Has("x"));
                foreach (var word in words)
                    if (exports) Export(word, line, file);
                    else if (SplitAssignment(word) is { } made) Assign(made, word.IsLiteral, line, file, isInline: false);
                return true;
            case "set" when words is [{ Text: "-a" or "+a" }, ..] or [{ Text: "-o" or "+o" }, { Text: "allexport" }, ..]:
                file.ExportsAll = words[0].Text[0] == '-';
                return true;
            case "setopt" or "unsetopt" when words.Any(word => word.Text.Replace("_", "", StringComparison.Ordinal).Same("allexport")):
                file.ExportsAll = verb == "setopt";
                return true;
            case "set" when words.Count > 1 && options.Any(word => word.Text.Has("x") || word.Text == "--export"):
                Put(words[options.Count..]);
                return true;
            case "setx" or "setenv" when words.Count > 1:
                Put(words);
                return true;
            case "launchctl" or "systemctl" when words.Any(word => word.Text is "setenv" or "set-environment"):
                Manager(words, line, file);
                return true;
            case ":":
                // Why: ": ${K:=value}" gives a variable its value in passing.
                foreach (var word in words)
                    if (Default(word.Text) is { } given) Assign(given, true, line, file, isInline: false);
                return true;
            default: return false;
        }

        void Put(List<ShellWord> pair)
        {
            if (pair is [var name, var value, ..]) Assignments.Add(new ShellAssignment(name.Text, value.Text, line.Place, file.Chain, value.IsLiteral));
        }
    }

    /// <summary>Verbs behind which further commands stand, here or in other files.</summary>
    private bool Loads(string verb, List<ShellWord> words, ShellLine line, Sourced file)
    {
        switch (verb)
        {
            case "dotenv" or "dotenv_if_exists" or "source_env" or "source_env_if_exists":
                Dotenv(words.Count > 0 ? words[0].Text : verb.Starts("dotenv") ? ".env" : ".envrc", line, file);
                return true;
            case "source" or "." when words.Count > 0:
                Source(words[0], line, file);
                return true;
            case "eval":
                Evals.Add((line.Place, Words.Quote(line.Text, 80)));
                if (words.All(word => word.IsLiteral)) ReadText(string.Join(' ', words.Select(word => word.Text)), line, file);
                return true;
            case "for" when words is [var variable, { Text: "in" }, _, ..]:
                _loops[variable.Text] = [.. words.Skip(2).Select(word => word.Text)];
                return true;
            case "alias":
                foreach (var alias in words)
                    if (alias.Text.IndexOf('=') is var cut and > 0) ReadText(alias.Text[(cut + 1)..], line, file);
                return true;
            default: return false;
        }
    }

    /// <summary>Commands in a text that stands in a line.</summary>
    private void ReadText(string text, ShellLine line, Sourced file)
    {
        foreach (var inner in ShellText.Split(text, _ => line.Place)) ReadLine(inner, file);
    }

    private void Assign((string Name, string Value) assignment, bool isLiteral, ShellLine line, Sourced file, bool isInline)
    {
        var made = Made(assignment, isLiteral, line, file);
        if (file.ExportsAll || isInline) Assignments.Add(made with { IsInline = isInline });
        else if (_exported.Contains(made.Name)) Assignments.Add(made);
        else file.Pending[made.Name] = made;
    }

    /// <summary>Remembers the value for paths that use it; a default that stands in the text counts as the value.</summary>
    private ShellAssignment Made((string Name, string Value) assignment, bool isLiteral, ShellLine line, Sourced file)
    {
        var (name, value) = assignment;
        if (!isLiteral && Default(value) is { } given && given.Value.Length > 0 && given.Value.AsSpan().IndexOfAny('$', '`') < 0) (value, isLiteral) = (given.Value, true);
        if (Expand(value) is { } expanded)
        {
            _variables[name] = expanded;
            // Why: a password given two lines above is as good as written here.
            if (!isLiteral) (value, isLiteral) = (expanded, true);
        }
        return new ShellAssignment(name, value, line.Place, file.Chain, isLiteral);
    }

    /// <summary>The name and default of a word such as <c>${K:-value}</c>; null for anything else.</summary>
    private static (string Name, string Value)? Default(string text) =>
        DefaultForm().Match(text) is { Success: true } match ? (match.Groups["n"].Value, match.Groups["v"].Value) : null;

    private void Export(ShellWord word, ShellLine line, Sourced file)
    {
        if (SplitAssignment(word) is { } assignment)
        {
            Assignments.Add(Made(assignment, word.IsLiteral, line, file));
        }
        else if (file.Pending.TryGetValue(word.Text, out var made)) Assignments.Add(made);
        else if (word.Text.Starts("$(") || word.Text.StartsWith('`')) Substituted(word, line, file);
        else _exported.Add(word.Text);
    }

    /// <summary><c>export $(grep -v '^#' ~/.env | xargs)</c>: the files that it names hold the assignments.</summary>
    private void Substituted(ShellWord word, ShellLine line, Sourced file)
    {
        foreach (var part in word.Text.Trim('$', '(', ')', '`').Split([' ', '|', ';', '<', '"'], StringSplitOptions.RemoveEmptyEntries))
            if ((part.Has("/") || part.Has(".env")) && !part.StartsWith('\'') && !part.StartsWith('-') && Expand(part) is { } path && (Path.IsPathRooted(path) || _roots.IsInProject(line.Place.Path)))
                Load(Path.GetFullPath(path, _options.Project), file.ChainAt(line), 1, exportsAll: true);
    }

    /// <summary><c>launchctl setenv K V</c> and <c>systemctl --user set-environment K=V</c>.</summary>
    private void Manager(List<ShellWord> words, ShellLine line, Sourced file)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Text == "setenv" && i + 2 < words.Count) Assignments.Add(new ShellAssignment(words[i + 1].Text, words[i + 2].Text, line.Place, file.Chain, words[i + 2].IsLiteral));
            else if (SplitAssignment(words[i]) is { } assignment) Assignments.Add(new ShellAssignment(assignment.Name, assignment.Value, line.Place, file.Chain, words[i].IsLiteral));
        }
    }

    /// <summary>The files that direnv's own verbs load; relative to the file that names them.</summary>
    private void Dotenv(string target, ShellLine line, Sourced file)
    {
        if (Expand(target) is not { } path) Unresolved.Add((line.Place, target));
        else if (file.Depth < MaxDepth) Load(Path.GetFullPath(path, Path.GetDirectoryName(line.Place.Path)!), file.ChainAt(line), file.Depth + 1, exportsAll: !target.Ends(".envrc"));
    }

    private void Source(ShellWord word, ShellLine line, Sourced file)
    {
        if (word.Text.Trim('{', '}', '$') is var name && word.Text.StartsWith('$') && _loops.TryGetValue(name, out var values))
        {
            foreach (var value in values) Source(new ShellWord(value, true), line, file);
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
        if (file.Depth >= MaxDepth) Unresolved.Add((line.Place, $"{word.Text} (deeper than {MaxDepth} levels)"));
        else if (path.Has("*"))
            foreach (var one in List(Path.GetDirectoryName(path)!, Path.GetFileName(path))) Load(one, file.ChainAt(line), file.Depth + 1, file.ExportsAll);
        else Load(path, file.ChainAt(line), file.Depth + 1, file.ExportsAll);
    }
}
