using System.Text;
using System.Text.Json;
using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Gates;
using Septim.Hooks.Setup;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Setup;

/// <summary>
/// The files below hooks/ and settings-templates/ that follow from a list in the source. With SEPTIM_WRITE_GENERATED=1 the run writes
/// them instead of comparing.
/// </summary>
public sealed class GeneratedFilesTests
{
    public static TheoryData<string> Files => [.. Expected().Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_generated_file_says_what_its_list_says(string file)
    {
        var path = Path.Combine(Repository.Root, file);
        var expected = Expected()[file];
        if (Environment.GetEnvironmentVariable("SEPTIM_WRITE_GENERATED") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected);
        }
        Assert.Equal(expected, File.ReadAllText(path));
    }

    [Fact]
    public void Every_template_is_the_union_of_the_fragments_of_its_hooks()
    {
        foreach (var (file, verbs) in HookCatalogue.Templates)
        {
            var template = Groups(Path.Combine(Repository.Root, "settings-templates", file));
            var fragments = verbs.SelectMany(verb => Groups(Path.Combine(Repository.Root, "hooks", verb, "settings.json"))).ToList();
            Assert.Equal(fragments.Order(), template.Order());
            Assert.NotEmpty(template);
        }
    }

    [Fact]
    public void Every_hook_has_a_page_and_every_page_a_hook()
    {
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "hooks")).Select(Path.GetFileName).Order();
        Assert.Equal(HookCatalogue.All.Select(hook => hook.Verb).Order(), folders);
        foreach (var hook in HookCatalogue.All)
        {
            var page = File.ReadAllText(Path.Combine(Repository.Root, "hooks", hook.Verb, "README.md"));
            Assert.StartsWith($"# {hook.Verb}\n", page, StringComparison.Ordinal);
            foreach (var heading in (string[])["## Events", "## Wiring", "## Configuration", "## Cost", "## What it cannot do"])
                Assert.Contains($"\n{heading}\n", page, StringComparison.Ordinal);
            foreach (var point in hook.Points) Assert.Contains($"`{point.Event}`", page, StringComparison.Ordinal);
            var refuses = hook.Verb == "hook" || GateList.Find(hook.Verb) is not null;
            var older = refuses ? $"`\"command\": \"septim {hook.Verb} || exit 2\"` without `args` and `onFailure`" : $"`\"command\": \"septim {hook.Verb}\"` without `args`";
            Assert.Contains(older, page, StringComparison.Ordinal);
            var free = hook.Points.Select(point => point.Event).Where(name => !HookEvent.CanRefuse(name)).ToList();
            Assert.Equal(refuses && free.Count > 0, page.Contains("leave out `|| exit 2`", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("settings-templates/managed-settings.json")]
    [InlineData("settings-templates/permissions-deny.json")]
    [InlineData("settings-templates/everything.json")]
    [InlineData("settings-templates/recommended.json")]
    public void The_client_reads_a_template_whole(string file)
    {
        var path = Path.Combine(Repository.Root, file);
        Assert.Empty(SettingsTraps.Find(JsonText.Parse(File.ReadAllBytes(path), path)));
    }

    [Fact]
    public void The_template_of_septim_json_is_valid_and_changes_no_default()
    {
        var path = Path.Combine(Repository.Root, "settings-templates", "septim.json");
        var config = new SeptimConfig();
        var before = ConfigKeys.All.ToDictionary(key => key.Path, config.Text);
        var values = ConfigFile.Read(path, ConfigLayer.User);
        foreach (var value in values) config.Apply(value);
        Assert.Equal(ConfigKeys.All.Where(key => key.Default is not null).Select(key => key.Path).Order(), values.Select(value => value.Key.Path).Order());
        foreach (var key in ConfigKeys.All) Assert.Equal(before[key.Path], config.Text(key));
    }

    [Fact]
    public void The_schema_knows_every_key_and_no_other()
    {
        using var schema = JsonDocument.Parse(ConfigSchema.Schema());
        foreach (var key in ConfigKeys.All)
        {
            var at = schema.RootElement;
            foreach (var part in key.Path.Split('.'))
            {
                Assert.False(at.GetProperty("additionalProperties").GetBoolean());
                at = at.GetProperty("properties").GetProperty(part);
            }
            Assert.StartsWith(key.Help, at.GetProperty("description").GetString(), StringComparison.Ordinal);
        }
    }

    private static Dictionary<string, string> Expected()
    {
        var files = new Dictionary<string, string>
        {
            ["settings-templates/septim.json"] = ConfigSchema.Template(),
            ["settings-templates/septim.schema.json"] = ConfigSchema.Schema(),
            ["settings-templates/SETTINGS.md"] = "# Every setting of septim.json\n\nWritten from `src/Septim.Hooks/Config/ConfigKeys.cs`. `septim config` shows what holds and where it came from.\n\n" + ConfigSchema.Table(),
            ["hooks/hooks.json"] = Text(HookCatalogue.SettingsOf([HookCatalogue.Find("hook")], "{\n  \"description\": \"Spend ceilings and guards, judged by the septim executable on the PATH\"\n}\n")),
        };
        files["settings-templates/managed-settings.json"] = Text(HookCatalogue.SettingsOf(
            [HookCatalogue.Find("hook")], "{\n  \"permissions\": {\n    \"disableBypassPermissionsMode\": \"disable\"\n  }\n}\n", "/usr/local/bin/septim"));
        foreach (var hook in HookCatalogue.All) files[$"hooks/{hook.Verb}/settings.json"] = Text(HookCatalogue.SettingsOf([hook]));
        foreach (var (file, verbs) in HookCatalogue.Templates) files[$"settings-templates/{file}"] = Text(HookCatalogue.SettingsOf(verbs.Select(HookCatalogue.Find)));
        return files;
    }

    private static IEnumerable<string> Groups(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. json.RootElement.GetProperty("hooks").EnumerateObject()
            .SelectMany(entry => entry.Value.EnumerateArray().Select(group => $"{entry.Name} {JsonSerializer.Serialize(group)}"))];
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
