using System.Text.RegularExpressions;
using Septim.Hooks.Commands;
using Septim.Hooks.Gates;
using Septim.Hooks.Setup;
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

    [GeneratedRegex(@"(?:^\$ |`)septim ([a-z][a-z-]*)", RegexOptions.Multiline)]
    private static partial Regex Verb();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#]+)")]
    private static partial Regex Link();
}
