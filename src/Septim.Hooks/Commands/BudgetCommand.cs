using System.Text;
using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Setup;

namespace Septim.Hooks.Commands;

/// <summary><c>septim budget</c>: shows each ceiling with what is spent and left; raises one for a while.</summary>
internal static class BudgetCommand
{
    private static readonly TimeSpan LongestRaise = TimeSpan.FromDays(31);

    /// <summary>The short names beside the keys' own.</summary>
    private static readonly (string Name, ConfigKey Key)[] Ceilings =
    [
        ("session", ConfigKeys.SessionUsd), ("subagent", ConfigKeys.SubagentUsd), ("run", ConfigKeys.RunUsd), ("day", ConfigKeys.DayUsd),
        ("minutes", ConfigKeys.SessionMinutes), ("tool-calls", ConfigKeys.SessionToolCalls),
    ];

    public static readonly Command Command = new("budget",
        """
        budget [--session ID] [--directory DIR] [--format text|json]
               septim budget raise --session USD [--for 2h] --reason TEXT

          --session ID     whose spend (the start of the id is enough); default: the newest of this project
          --directory DIR  the project; default: here
          --format F       text (default) or json

        raise lifts one ceiling for a while: --session, --subagent, --run, --day (US dollars or off), --minutes, --tool-calls, or by the
        key's name (--sessionUsd). --for takes 30m, 2h or 3d, at most 31d; default 2h. It writes who, when and why into raises.jsonl beside
        your septim.json. It wants a person: inside Claude Code it refuses.
        """,
        "shows what is spent and left of each ceiling; raises one", Run);

    private static int Run(ReadOnlySpan<string> args, CommandIo io)
    {
        if (args.Length > 0 && args[0] == "raise") return RaiseOne(args[1..], io);
        var options = Options.Parse("budget", args, [], ["session", "directory", "format"]);
        options.ThrowIfRest("budget");
        var asJson = options.Choice("format", "text", "text", "json") == "json";
        var client = ClientEnvironment.Read(io.Variable);
        var project = options.Folder(io);
        var config = ConfigCommand.Load(options["directory"], io);
        var transcript = SessionChoice.Find(client, project, options["session"]);
        var standing = BudgetStanding.Read(config, SeptimPaths.Read(client, io.Variable), client, transcript, io);
        io.Out.WriteLine(asJson ? BudgetText.Json(standing, config) : BudgetText.Plain(standing, config));
        return 0;
    }

    private static int RaiseOne(ReadOnlySpan<string> args, CommandIo io)
    {
        foreach (var name in (string[])["CLAUDECODE", "CLAUDE_CODE_SESSION_ID"])
            if (!string.IsNullOrEmpty(io.Variable(name)))
                throw new HookFault($"raising a ceiling wants a person at a terminal of their own; this runs inside Claude Code ({name} is set)");
        var names = Ceilings.SelectMany(ceiling => (string[])[ceiling.Name, NameOf(ceiling.Key)]).ToArray();
        var options = Options.Parse("budget", args, [], [.. names, "for", "reason"]);
        options.ThrowIfRest("budget");
        var given = Array.FindAll(Ceilings, ceiling => options.Has(ceiling.Name) || options.Has(NameOf(ceiling.Key)));
        if (given.Length != 1) throw new HookFault("give one ceiling to raise, such as --session 5");
        var key = given[0].Key;
        var text = (options[given[0].Name] ?? options[NameOf(key)])!.TrimStart('$');
        ConfigText.Validate(key, text, "--" + given[0].Name);
        if (string.IsNullOrWhiteSpace(options["reason"])) throw new HookFault("--reason says why; whoever reads this later wants to know");
        var before = ConfigCommand.Load(null, io);
        if (ConfigText.IsAsTight(key, text, before.Text(key)))
            throw new HookFault($"{text} does not raise {key.Path}: {before.Text(key)} holds already ({before[key]?.Origin})");

        var now = io.Time.GetUtcNow();
        var raise = new Raise(key, text, now + Span(options["for"] ?? "2h"), $"{Environment.UserName}@{Environment.MachineName}", now, options["reason"]!);
        var path = SeptimPaths.Read(ClientEnvironment.Read(io.Variable), io.Variable).RaisesFile;
        var old = SettingsFile.Read(path);
        SettingsFile.Replace(path, old, [.. old ?? [], .. Encoding.UTF8.GetBytes(Raises.ToLine(raise) + "\n")], null);

        var after = ConfigCommand.Load(null, io);
        if (after.Text(key) != text)
        {
            io.Err.WriteLine($"{key.Path} stays at {after.Text(key)}: {after[key]?.Origin} allows no more");
            return 1;
        }
        io.Out.WriteLine($"{key.Path} is {text} until {raise.Until:yyyy-MM-dd HH:mm} UTC (was {before.Text(key)}); written to {path}");
        return 0;
    }

    private static string NameOf(ConfigKey key) => key.Path[(key.Path.IndexOf('.', StringComparison.Ordinal) + 1)..];

    private static TimeSpan Span(string text)
    {
        var count = text.Length > 1 && ConfigText.TryCount(text[..^1], out var number) ? number : 0;
        var minutes = text.Length == 0 ? 0L : text[^1] switch { 'm' => count, 'h' => count * 60L, 'd' => count * 1440L, _ => 0L };
        if (minutes <= 0 || minutes > LongestRaise.TotalMinutes) throw new HookFault($"--for is \"{text}\"; give 30m, 2h or 3d, at most 31d");
        return TimeSpan.FromMinutes(minutes);
    }
}
