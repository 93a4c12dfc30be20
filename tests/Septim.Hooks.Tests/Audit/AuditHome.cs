using System.Diagnostics;
using Septim.Hooks.Audit;
using Septim.Hooks.Audit.Reports;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Audit;

/// <summary>A home, a project and a managed directory of their own, and the audit of them.</summary>
internal sealed class AuditHome : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();

    public AuditHome()
    {
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory(Project);
        Septim = Write("bin/septim", "not a real program");
        SetMode(Septim, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Root => _directory.Path;
    public string Home => _directory["home"];
    public string Project => _directory["home", "project"];
    public string Septim { get; }
    public Dictionary<string, string> Environment { get; } = [];
    public bool UseEnvironment { get; set; }
    public bool UseHistory { get; set; } = true;

    /// <summary>The wiring that `septim install` writes, as far as the audit looks at it.</summary>
    public string Hooks => string.Join(",", new[] { "SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolBatch", "SessionEnd", "ConfigChange", "Stop", "StopFailure" }.Select(name =>
        $$"""
        "{{name}}":[{{{(name == "PreToolUse" ? "\"matcher\":\"*\"," : "")}}"hooks":[{"type":"command","command":"{{Septim}}","args":["hook"],"timeout":10,"onFailure":"block"}]}]
        """));

    public string Write(string relative, string text) => _directory.Write(relative, text);

    public string InHome(string relative, string text) => Write("home/" + relative, text);

    public string InProject(string relative, string text) => Write("home/project/" + relative, text);

    public static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }

    public void UserSettings(string json) => InHome(".claude/settings.json", json);

    public void ProjectSettings(string json) => InProject(".claude/settings.json", json);

    public void Ceilings(string json) => InHome(".claude/septim/septim.json", json);

    public string Git(params string[] args)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = Project, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])["-c", "user.email=a@b.c", "-c", "user.name=n", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false", .. args]) start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    public void Commit(string message = "x")
    {
        if (!Directory.Exists(Path.Combine(Project, ".git"))) Git("init", "-q", ".");
        Git("add", "-A", "-f");
        Git("commit", "-q", "-m", message);
    }

    public AuditOptions Options(params int[] items) => new()
    {
        Project = Project,
        Home = Home,
        ConfigDirectory = Path.Combine(Home, ".claude"),
        ManagedDirectory = _directory["managed"],
        SystemRoot = _directory["system"],
        Now = Now,
        OwnBinary = Septim,
        UseEnvironment = UseEnvironment,
        Environment = Environment,
        UseHistory = UseHistory,
        Only = items,
    };

    public AuditReport Report(params int[] items) => Auditor.Run(new AuditContext(Options(items)), "0.0.0");

    public AuditItem Item(int number) => Assert.Single(Report(number).Items);

    /// <summary>Ends in a fail with this rule.</summary>
    public ReportFinding Fails(string rule) => Finds(rule, FindingState.Fail, ItemState.Fail);

    public ReportFinding Warns(string rule) => Finds(rule, FindingState.Warn, null);

    /// <summary>No fail and no warning of the item.</summary>
    public AuditItem IsQuiet(int number)
    {
        var item = Item(number);
        Assert.DoesNotContain(item.Findings, finding => finding.State != FindingState.Info);
        Assert.NotEqual(ItemState.Fail, item.State);
        return item;
    }

    public string Json(params int[] items) => JsonReport.Write(Report(items));

    public void Dispose() => _directory.Dispose();

    private ReportFinding Finds(string rule, FindingState state, ItemState? item)
    {
        var judged = Item(int.Parse(rule.AsSpan(3, 2), System.Globalization.CultureInfo.InvariantCulture));
        var found = judged.Findings.Where(finding => finding.Rule == rule && finding.State == state).ToList();
        Assert.True(found.Count > 0, $"{rule} was not found; the item is {judged.State}: {judged.Reason}; found {string.Join(", ", judged.Findings.Select(finding => finding.Rule))}");
        if (item is { } expected) Assert.Equal(expected, judged.State);
        return found[0];
    }
}
