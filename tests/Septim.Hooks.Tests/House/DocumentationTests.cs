using System.Text.RegularExpressions;
using Septim.Hooks.Commands;
using Septim.Hooks.Config;
using Septim.Hooks.Gates;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.House;

/// <summary>What the pages for people say must exist.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Pages =>
        [.. Directory.GetFiles(Repository.Root, "*.md").Concat(Directory.GetFiles(Path.Combine(Repository.Root, "hooks"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "settings-templates"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(page => Path.GetRelativePath(Repository.Root, page).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_verb_on_a_page_exists(string page)
    {
        foreach (Match use in Verb().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))))
        {
            var verb = use.Groups[1].Value;
            var exists = verb is "help" or "version" or "hook" || GateList.Find(verb) is not null || Array.Exists(CommandList.All, command => command.Verb == verb)
                || Array.Exists(HookCatalogue.All, hook => hook.Verb == verb);
            Assert.True(exists, $"{page} names `septim {verb}`, which does not exist");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_to_a_file_leads_somewhere(string page)
    {
        var directory = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        foreach (Match link in Link().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))))
            Assert.True(Path.Exists(Path.Combine(directory, link.Groups[1].Value)), $"{page} links to {link.Groups[1].Value}");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_option_on_a_page_stands_in_the_help_of_its_verb(string page)
    {
        foreach (Match use in Use().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))))
        {
            if (Array.Find(CommandList.All, command => command.Verb == use.Groups["verb"].Value) is not { } verb) continue;
            // Why only before "--": what follows belongs to the program that is started.
            foreach (Match option in Option().Matches(use.Groups["rest"].Value.Split(" -- ")[0]))
                Assert.True(verb.Usage.Contains(option.Value, StringComparison.Ordinal) || option.Value is "--help", $"{page}: `septim {verb.Verb} --help` does not tell of {option.Value}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_setting_on_a_page_exists(string page)
    {
        foreach (Match setting in Setting().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))))
            Assert.True(Array.Exists(ConfigKeys.All, key => key.Path == setting.Groups[1].Value), $"{page} names {setting.Groups[1].Value}, which is no setting");
    }

    [Fact]
    public void Every_field_of_an_event_stands_in_the_table_of_the_stop_log()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "stop-log.md"));
        var fields = Field().Matches(File.ReadAllText(Path.Combine(Repository.Root, "src", "Septim.Hooks", "Recording", "EventJson.cs")));
        Assert.InRange(fields.Count, 60, 200);
        foreach (Match field in fields) Assert.Matches($@"\b{field.Groups[1].Value}\b", page);
    }

    [GeneratedRegex(@"(?:^\$ |^ *- (?:run: )?|`|^)septim (?<verb>[a-z][a-z-]*)(?<rest>[^`\n|]*)", RegexOptions.Multiline)]
    private static partial Regex Use();

    [GeneratedRegex(@"(?<![\w-])--[a-zA-Z][a-zA-Z-]*")]
    private static partial Regex Option();

    [GeneratedRegex(@"`((?:ceilings|subagents|loop|log|notify)\.[a-zA-Z]+)`")]
    private static partial Regex Setting();

    [GeneratedRegex(@"(?:json\.Write\w+\(|(?:Money|Count|Text)\(json, )""(\w+)""")]
    private static partial Regex Field();

    [GeneratedRegex(@"(?:^\$ |`)septim ([a-z][a-z-]*)", RegexOptions.Multiline)]
    private static partial Regex Verb();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#]+)")]
    private static partial Regex Link();
}
