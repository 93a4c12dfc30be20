using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Scripts and tasks of the project that start the client, by the names under which a CI step calls them.</summary>
internal sealed class ProjectScripts
{
    private static readonly string[] Runners = ["npm run", "npm run-script", "yarn", "yarn run", "pnpm", "pnpm run", "bun run", "bun"];

    private readonly List<string> _calls = [];

    public ProjectScripts(SourceFiles sources)
    {
        foreach (var (file, input) in sources.Files)
        {
            if (file.Name == "package.json") Manifest(input);
            else if (file.Name.HasWord("makefile")) Targets(input, "make");
            else if (file.Name.Same("justfile")) Targets(input, "just");
            else if (ClaudeCommand.FindPrint(input.Text).Any()) _calls.Add(file.Relative);
        }
    }

    /// <summary>Whether the step's lines call one of them.</summary>
    public bool StartClaude(string run)
    {
        foreach (var call in _calls)
            for (var at = run.IndexOf(call, StringComparison.Ordinal); at >= 0; at = run.IndexOf(call, at + 1, StringComparison.Ordinal))
                if ((at == 0 || run[at - 1] is ' ' or '\n' or '/' or '"' or '\'' or '\t' or '&' or ';' or '(') && (at + call.Length == run.Length || !IsWord(run[at + call.Length]))) return true;
        return false;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/';

    private void Manifest(Input input)
    {
        foreach (var script in JsonTree.Parse(input.Text, out _, out _)?["scripts"]?.Members ?? [])
            if (ClaudeCommand.FindPrint(script.Value.Text).Any()) _calls.AddRange(Runners.Select(runner => $"{runner} {script.Key}"));
    }

    private void Targets(Input input, string program)
    {
        foreach (var (_, offset) in ClaudeCommand.FindPrint(input.Text))
        {
            var before = input.Text[..offset].Split('\n');
            for (var i = before.Length - 1; i >= 0; i--)
                if (before[i].IndexOf(':') is var colon and > 0 && !char.IsWhiteSpace(before[i][0]) && before[i][0] is not ('#' or '.'))
                {
                    foreach (var target in before[i][..colon].Split(' ', StringSplitOptions.RemoveEmptyEntries)) _calls.Add($"{program} {target}");
                    break;
                }
        }
    }
}
