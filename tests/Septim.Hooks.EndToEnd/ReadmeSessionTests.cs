using System.Text;
using System.Text.RegularExpressions;
using Septim.Hooks.EndToEnd.Support;

namespace Septim.Hooks.EndToEnd;

/// <summary>
/// The terminal session in README.md is what the native binary and the real client print; only paths, ids and times are made neutral.
/// With SEPTIM_UPDATE=1 the run writes it instead of comparing.
/// </summary>
public sealed partial class ReadmeSessionTests
{
    private const string Start = "<!-- recorded by ReadmeSessionTests -->\n```console\n";
    private const string End = "```\n<!-- end of the record -->";

    private static readonly string[] Commands =
    [
        "septim install",
        "septim run --session 0.10 -- claude -p \"Port the parser to Rust\"",
        "echo $?",
        "septim budget",
        "septim explain 'cd build && rm -rf \"$OUT\"/*'",
        "septim budget raise --session 25 --for 2h --reason \"release day\"",
        "septim selftest | tail -n 1",
    ];

    [Fact]
    public async Task The_session_in_the_readme_is_what_really_happens()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var place = await ClientPlace.WithSeptim();
        await using var api = new FakeMessagesApi(Scenario.Rounds(12, new TokenUse(1000, 2000)));
        // The script of the fake model is named where a project keeps its instructions, so that the prompt is a person's.
        ClientPlace.WriteFile(Path.Combine(place.Project, "CLAUDE.md"), Scenario.Marker("main"));
        ClientPlace.WriteFile(Path.Combine(place.Home, ".claude", "settings.json"), $$"""{ "model": "{{new RunOptions().Model}}", "permissions": { "defaultMode": "bypassPermissions" } }""" + "\n");
        var record = new StringBuilder();
        var code = 0;
        foreach (var command in Commands)
        {
            var run = await place.RunAsUser("/bin/bash", ["-c", $"(exit {code}); {command}"], new Dictionary<string, string> { ["ANTHROPIC_BASE_URL"] = api.Url });
            code = run.ExitCode;
            record.Append("$ ").Append(command).Append('\n').Append(Neutral(run.Stdout + run.Stderr, place)).Append('\n');
        }
        Assert.Contains("ended by cost-gate", record.ToString(), StringComparison.Ordinal);
        Assert.Contains("$ echo $?\n90\n", record.ToString(), StringComparison.Ordinal);

        var path = Path.Combine(Repository.Root, "README.md");
        var page = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var from = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var to = page.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("SEPTIM_UPDATE") == "1")
        {
            page = page[..from] + record.ToString().TrimEnd('\n') + "\n" + page[to..];
            await File.WriteAllTextAsync(path, page, TestContext.Current.CancellationToken);
            to = page.IndexOf(End, StringComparison.Ordinal);
        }
        Assert.Equal(record.ToString().TrimEnd('\n') + "\n", page[from..to]);
    }

    private static string Neutral(string text, ClientPlace place)
    {
        text = text.Replace(place.Bin, "/home/me/.local/bin", StringComparison.Ordinal)
            .Replace(place.Project, "/home/me/parser", StringComparison.Ordinal)
            .Replace(place.Home, "/home/me", StringComparison.Ordinal);
        text = SessionId().Replace(text, "4f1c2a9e-0b77-4a51-9b1e-2f6f0d5a7c31");
        text = RunId().Replace(text, "run-019f5d3c");
        text = Backup().Replace(text, ".septim-20261122T201500000Z.bak");
        text = Moment().Replace(text, "2026-11-22 22:15");
        return text;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex SessionId();

    [GeneratedRegex("run-[0-9a-f]{32}")]
    private static partial Regex RunId();

    [GeneratedRegex(@"\.septim-[0-9TZ]+\.bak")]
    private static partial Regex Backup();

    [GeneratedRegex("20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}")]
    private static partial Regex Moment();
}
