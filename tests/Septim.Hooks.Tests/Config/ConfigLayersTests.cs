using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Config;

public sealed class ConfigLayersTests : IDisposable
{
    private readonly TemporaryDirectory _place = new();
    private readonly Dictionary<string, string> _environment = [];

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Without_any_file_a_session_has_the_built_in_ceiling()
    {
        var config = Load();
        Assert.Equal("10.00", config.SessionUsd!.Value.ToString());
        Assert.Null(config.DayUsd);
        Assert.Equal("stop", config.OnCeiling);
        Assert.Equal([50, 80, 95], config.WarnAtPercent);
    }

    [Fact]
    public void The_environment_wins_over_the_persons_file()
    {
        User("""{ "ceilings": { "sessionUsd": 3, "dayUsd": "20" } }""");
        _environment["SEPTIM_SESSION_USD"] = "7.50";

        var config = Load();

        Assert.Equal("7.50", config.SessionUsd!.Value.ToString());
        Assert.Equal("20.00", config.DayUsd!.Value.ToString());
        Assert.Equal(ConfigLayer.Environment, config[ConfigKeys.SessionUsd]!.Layer);
    }

    [Theory]
    [InlineData("2", "2.00")]
    [InlineData("50", "5.00")]
    [InlineData("\"off\"", "5.00")]
    public void A_project_file_may_only_tighten(string projectValue, string expected)
    {
        User("""{ "ceilings": { "sessionUsd": 5 } }""");
        Project($$"""{ "ceilings": { "sessionUsd": {{projectValue}} } }""");
        Assert.Equal(expected, Load().SessionUsd!.Value.ToString());
    }

    [Fact]
    public void A_project_file_can_set_a_ceiling_that_nobody_else_set()
    {
        Project("""{ "ceilings": { "dayUsd": 9 }, "onCeiling": "ask", "reserve": "worst" }""");
        var config = Load();
        Assert.Equal("9.00", config.DayUsd!.Value.ToString());
        Assert.Equal("stop", config.OnCeiling);
        Assert.Equal("worst", config.Reserve);
    }

    [Fact]
    public void A_project_file_may_not_say_where_prices_come_from()
    {
        Project("""{ "prices": "cheap.json" }""");
        Assert.Contains("may not be set by a file in the project", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_are_added_by_a_project_and_by_the_machines_file_and_never_silenced()
    {
        Project("""{ "warnAtPercent": [] }""");
        Assert.Equal([50, 80, 95], Load().WarnAtPercent);
        Project("""{ "warnAtPercent": [25, 80] }""");
        Assert.Equal([25, 50, 80, 95], Load().WarnAtPercent);
        User("""{ "warnAtPercent": [90] }""");
        _place.Write("managed.json", """{ "warnAtPercent": [60] }""");
        Assert.Equal([25, 60, 80, 90], Load().WarnAtPercent);
    }

    [Theory]
    [InlineData("home/.claude/septim/septim.json")]
    [InlineData("home/.claude/septim/raises.jsonl")]
    [InlineData("project/.septim/septim.json")]
    [InlineData("project/.claude/settings.json")]
    public void A_device_in_the_place_of_a_file_is_a_fault_at_once(string file)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no /dev/zero");
        File.Delete(_place.Write(file, ""));
        File.CreateSymbolicLink(_place[file.Split('/')], "/dev/zero");
        Assert.Contains("it is a pipe or a device", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_texts_means_what_it_says()
    {
        User("""{ "loop": { "polling": ["caf\u00e9", "sleep"] } }""");
        Assert.Equal(["café", "sleep"], Load().Texts(ConfigKeys.LoopPolling));
    }

    [Fact]
    public void Nothing_is_looser_than_the_machines_file()
    {
        _place.Write("managed.json", """{ "ceilings": { "sessionUsd": 4 } }""");
        _environment["SEPTIM_SESSION_USD"] = "off";
        Assert.Equal("4.00", Load().SessionUsd!.Value.ToString());
        _environment["SEPTIM_SESSION_USD"] = "3";
        Assert.Equal("3.00", Load().SessionUsd!.Value.ToString());
    }

    [Theory]
    [InlineData("""{ "env": { "SEPTIM_SESSION_USD": "1000" } }""")]
    [InlineData("""{ "permissions": {}, "\u0065nv": { "SEPTIM_STATE_DIR": "/tmp/x" } }""")]
    [InlineData("""{ "env": { "HOME": "/tmp/elsewhere" } }""")]
    [InlineData("\uFEFF{ \"env\": { \"septim_session_usd\": \"1000\" } }")]
    public void A_project_that_steers_us_through_the_clients_settings_is_a_fault(string settings)
    {
        _place.Write("project/.claude/settings.json", settings);
        Assert.Contains("may not steer septim", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_variables_of_a_project_are_its_own_business()
    {
        _place.Write("project/.claude/settings.local.json", """{ "env": { "NODE_ENV": "test", "X": { "SEPTIM_SESSION_USD": 1 } } }""");
        Assert.NotNull(Load().SessionUsd);
    }

    [Theory]
    [InlineData("{ \"ceilings\": { \"sessionUsd\": 5 }", ":1:34: not valid JSON")]
    [InlineData("{\n \"ceilings\": {\n  \"sesionUsd\": 5 } }", ":3: unknown key \"ceilings.sesionUsd\"")]
    [InlineData("{ \"ceilings\": { \"sessionUsd\": 0 } }", ":1: ceilings.sessionUsd is \"0\"")]
    [InlineData("{ \"ceilings\": { \"sessionUsd\": -1 } }", "ceilings.sessionUsd is \"-1\"")]
    [InlineData("{ \"ceilings\": { \"sessionUsd\": true } }", "has the wrong type")]
    [InlineData("{ \"ceilings\": { \"sessionMinutes\": 1.5 } }", "sessionMinutes is \"1.5\"")]
    [InlineData("{ \"ceilings\": 5 }", "unknown key \"ceilings\"")]
    [InlineData("{ \"onCeiling\": \"explode\" }", "give one of ask, deny, stop")]
    [InlineData("{ \"warnAtPercent\": [80, 50] }", "ascending")]
    [InlineData("{ \"warnAtPercent\": [50, 50] }", "ascending")]
    [InlineData("{ \"warnAtPercent\": [0, 50] }", "from 1 to 100")]
    [InlineData("{ \"warnAtPercent\": [101] }", "from 1 to 100")]
    [InlineData("[]", "one JSON object")]
    public void A_bad_file_is_a_fault_that_names_file_line_and_key(string json, string expected)
    {
        User(json);
        Assert.Contains(expected, Fault(), StringComparison.Ordinal);
        Assert.Contains("septim.json", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_variable_is_a_fault_that_names_it()
    {
        _environment["SEPTIM_SESSION_USD"] = "five";
        Assert.Contains("SEPTIM_SESSION_USD", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_raise_holds_until_its_end_and_never_above_the_machines_file()
    {
        var now = TimeProvider.System.GetUtcNow();
        var raise = new Raise(ConfigKeys.SessionUsd, "25", now.AddHours(1), "ann@desk", now, "release night");
        User("""{ "ceilings": { "sessionUsd": 5 } }""");
        Project("""{ "ceilings": { "sessionUsd": 2 } }""");
        _place.Write("home/.claude/septim/raises.jsonl", Raises.ToLine(raise) + "\n");
        Assert.Equal("25.00", Load().SessionUsd!.Value.ToString());

        _place.Write("managed.json", """{ "ceilings": { "sessionUsd": 8 } }""");
        Assert.Equal("8.00", Load().SessionUsd!.Value.ToString());

        foreach (var over in (Raise[])[raise with { Until = now.AddSeconds(-1) }, raise with { At = now.AddMinutes(10) }])
        {
            _place.Write("home/.claude/septim/raises.jsonl", Raises.ToLine(over) + "\n");
            Assert.Equal("2.00", Load().SessionUsd!.Value.ToString());
        }
        Assert.Empty(Raises.InForce(_place["home", ".claude", "septim", "raises.jsonl"], raise.Until));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"key\":\"ceilings.sessionUsd\"}")]
    public void A_spoilt_raise_is_a_fault_that_names_its_line(string line)
    {
        _place.Write("home/.claude/septim/raises.jsonl", line + "\n");
        Assert.Contains("raises.jsonl:1", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_key_has_a_variable_of_its_own_and_a_default_that_it_accepts()
    {
        Assert.Equal(ConfigKeys.All.Length, ConfigKeys.All.Select(key => key.Path).Distinct().Count());
        var variables = ConfigKeys.All.Where(key => key.Variable is not null).Select(key => key.Variable).ToList();
        Assert.Equal(variables.Count, variables.Distinct().Count());
        foreach (var key in ConfigKeys.All)
            if (key.Default is { } text) ConfigText.Validate(key, text, "default");
    }

    [Theory]
    [InlineData("home/.claude/septim/septim.json")]
    [InlineData("home/.claude/septim/raises.jsonl")]
    [InlineData("project/.septim/septim.json")]
    [InlineData("managed.json")]
    public void A_place_that_cannot_be_looked_at_is_a_fault_and_not_a_missing_file(string file)
    {
        // Why a link to itself: what tests run as may look into every folder.
        var path = Path.Combine(_place.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(path, path);
        Assert.Contains($"{path} cannot be read", Fault(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("home/.claude/septim/septim.json")]
    [InlineData("home/.claude/septim/raises.jsonl")]
    [InlineData("managed.json")]
    public void A_directory_in_the_place_of_a_file_is_a_fault(string file)
    {
        var path = Path.Combine(_place.Path, file);
        Directory.CreateDirectory(path);
        Assert.Contains($"{path} is a directory", Fault(), StringComparison.Ordinal);
    }

    private void User(string json) => _place.Write("home/.claude/septim/septim.json", json);

    private void Project(string json) => _place.Write("project/.septim/septim.json", json);

    private string Fault() => Assert.Throws<HookFault>(Load).Message;

    private SeptimConfig Load()
    {
        _environment["HOME"] = Path.Combine(_place.Path, "home");
        string? Variable(string name) => _environment.GetValueOrDefault(name);
        var client = ClientEnvironment.Read(Variable);
        var paths = SeptimPaths.Read(client, Variable) with { ManagedFile = Path.Combine(_place.Path, "managed.json") };
        return ConfigLoader.Load(paths, client, Path.Combine(_place.Path, "project"), Variable, TimeProvider.System);
    }
}
