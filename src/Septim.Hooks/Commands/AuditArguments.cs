using System.Globalization;
using Septim.Hooks.Audit;

namespace Septim.Hooks.Commands;

/// <summary>Reads the options of <c>septim audit</c>.</summary>
internal static class AuditArguments
{
    private static readonly string[] Flags =
    [
        "--no-env", "--no-home", "--no-history", "--deep-history", "--run-hooks", "--strict", "--fix", "--yes", "--timing", "--sarif-include-home",
    ];

    private static readonly string[] Values =
    [
        "--project", "--home", "--config-dir", "--managed", "--system-root", "--item", "--only", "--skip", "--section", "--format", "--output", "--fail-on", "--baseline", "--now",
        "--explain", "--max-monthly", "--by", "--expires", "--statement", "--evidence", "--subject", "--fingerprint", "--rule", "--path", "--owner", "--reason", "--amount", "--period",
        "--threshold", "--recipients",
    ];

    private static readonly string[] Formats = ["text", "markdown", "html", "json", "sarif"];
    private static readonly string[] Thresholds = ["fail", "warn", "incident", "blocking", "any", "never"];

    /// <returns>Null with a sentence for the person when the line is wrong.</returns>
    public static AuditLine? Parse(ReadOnlySpan<string> args, CommandIo io, out string problem)
    {
        problem = "";
        var verb = "audit";
        string? explain = null;
        var flags = new HashSet<string>(StringComparer.Ordinal);
        var values = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i];
            string? value = null;
            if (name.Starts("--") && name.IndexOf('=') is var cut and > 0) (name, value) = (name[..cut], name[(cut + 1)..]);
            if (i == 0 && name is "attest" or "suppress") verb = name;
            else if (i == 0 && name == "explain" && args.Length > 1) explain = args[++i];
            else if (Flags.Contains(name)) flags.Add(name);
            else if (Values.Contains(name))
            {
                if (value is null && ++i >= args.Length)
                {
                    problem = $"{name} needs a value";
                    return null;
                }
                if (!values.TryGetValue(name, out var list)) values[name] = list = [];
                list.Add(value ?? args[i]);
            }
            else
            {
                problem = $"unknown option \"{name}\"; `septim audit --help` lists them";
                return null;
            }
        }
        return Build(verb, explain, flags, values, io, ref problem);
    }

    private static AuditLine? Build(
        string verb, string? explain, HashSet<string> flags, Dictionary<string, List<string>> values, CommandIo io, ref string problem)
    {
        string? One(string name) => values.TryGetValue(name, out var list) ? list[^1] : null;
        var now = io.Time.GetUtcNow();
        if (One("--now") is { } said && !DateTimeOffset.TryParse(said, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out now))
        {
            problem = $"--now {said} is not a time such as 2026-11-22T12:00:00Z";
            return null;
        }
        if (One("--fail-on") is { } threshold && !Thresholds.Contains(threshold))
        {
            problem = $"--fail-on is one of {string.Join(", ", Thresholds)}";
            return null;
        }
        var only = new List<int>();
        var skip = new List<int>();
        if (!Numbers(values, "--item", only) || !Numbers(values, "--only", only) || !Numbers(values, "--skip", skip) || !Sections(values, only))
        {
            problem = "--item, --only, --skip take numbers from 1 to 30, --section from 1 to 5";
            return null;
        }
        var formats = values.GetValueOrDefault("--format", ["text"]);
        if (formats.Find(format => !Formats.Contains(format)) is { } wrong)
        {
            problem = $"--format {wrong}: there are {string.Join(", ", Formats)}";
            return null;
        }
        var files = values.GetValueOrDefault("--output", []);
        var home = Full(One("--home") ?? io.Variable("HOME") ?? io.Variable("USERPROFILE") ?? "/", io);
        var useEnvironment = !flags.Contains("--no-env");
        var config = One("--config-dir") ?? (useEnvironment && One("--home") is null ? io.Variable("CLAUDE_CONFIG_DIR") : null) ?? Path.Combine(home, ".claude");
        return new AuditLine
        {
            Verb = verb,
            Explain = explain ?? One("--explain"),
            Fix = flags.Contains("--fix"),
            Yes = flags.Contains("--yes"),
            FailOn = One("--fail-on") ?? "fail",
            Baseline = One("--baseline"),
            Outputs = [.. formats.Select((format, i) => (format, i < files.Count ? files[i] : "-"))],
            Words = values.Where(pair => pair.Key is not "--output").ToDictionary(pair => pair.Key[2..], pair => pair.Value[^1], StringComparer.Ordinal),
            Options = new AuditOptions
            {
                Project = One("--project") is { } project ? Full(project, io) : TopLevel(io.WorkingDirectory),
                Home = home,
                ConfigDirectory = Full(config, io),
                ManagedDirectory = Full(One("--managed") ?? io.ManagedDirectory, io),
                SystemRoot = One("--system-root") ?? "/",
                Environment = useEnvironment ? AuditCommand.LiveEnvironment() : new Dictionary<string, string>(),
                UseEnvironment = useEnvironment,
                UseHome = !flags.Contains("--no-home"),
                UseHistory = !flags.Contains("--no-history"),
                DeepHistory = flags.Contains("--deep-history"),
                RunHooks = flags.Contains("--run-hooks"),
                Strict = flags.Contains("--strict"),
                SarifIncludesHome = flags.Contains("--sarif-include-home"),
                ShowTiming = flags.Contains("--timing"),
                Only = only,
                Skip = skip,
                MaxMonthlyUsd = decimal.TryParse(One("--max-monthly"), CultureInfo.InvariantCulture, out var monthly) ? monthly : null,
                Now = now,
                OwnBinary = io.ProgramPath ?? "",
            },
        };
    }

    private static string Full(string path, CommandIo io) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, io.WorkingDirectory));

    private static bool Numbers(Dictionary<string, List<string>> values, string name, List<int> into)
    {
        foreach (var part in values.GetValueOrDefault(name, []).SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (!int.TryParse(part, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 30) return false;
            into.Add(number);
        }
        return true;
    }

    private static bool Sections(Dictionary<string, List<string>> values, List<int> only)
    {
        foreach (var part in values.GetValueOrDefault("--section", []).SelectMany(text => text.Split(',')))
        {
            if (!int.TryParse(part, CultureInfo.InvariantCulture, out var section) || section is < 1 or > 5) return false;
            only.AddRange(AuditChecks.All.Where(check => check.Section == section).Select(check => check.Number));
        }
        return true;
    }

    /// <summary>The git top level above, else the directory itself. Looks for .git only; no program is started.</summary>
    private static string TopLevel(string directory)
    {
        for (var current = directory; current is { Length: > 1 }; current = Path.GetDirectoryName(current))
            if (Directory.Exists(Path.Combine(current, ".git")) || File.Exists(Path.Combine(current, ".git"))) return current;
        return directory;
    }
}
