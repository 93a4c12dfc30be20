using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Gates;
using Septim.Hooks.Spend;

namespace Septim.Hooks.Commands;

/// <summary>
/// <c>septim statusline</c>: one line of spend under the prompt. It also keeps the client's own total as a floor for the gate, since
/// that counts requests that leave no line in the transcript.
/// </summary>
internal static class StatusLineCommand
{
    private const int BarWidth = 10;

    /// <summary>What takes longer is not shown; the line must never make the terminal wait.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static readonly Command Command = new("statusline",
        """
        statusline

        Reads what Claude Code sends to a status line and prints spend, ceiling, 24-hour spend and model. Wire it in settings.json:
          "statusLine": { "type": "command", "command": "septim statusline" }
        """,
        "prints spend and ceiling for the client's status line", (args, io) => Run(StdStreams.ReadInput(Deadline.After(Patience)).Span, io));

    internal static int Run(ReadOnlySpan<byte> json, CommandIo io)
    {
        try
        {
            io.Out.WriteLine(Line(StatusLineInput.Parse(json), io));
        }
        catch (HookFault fault)
        {
            // Why on stdout and 0: a status line that fails shows nothing, and then nobody knows.
            io.Out.WriteLine($"septim: {fault.Message}");
        }
        return 0;
    }

    private static string Line(StatusLineInput input, CommandIo io)
    {
        var client = ClientEnvironment.Read(io.Variable);
        var paths = SeptimPaths.Read(client, io.Variable);
        var config = ConfigLoader.Load(paths, client, input.ProjectDirectory, io.Variable, io.Time);
        var standing = BudgetStanding.Read(config, paths, client, input.TranscriptPath, io, input.ClientTotal);
        var parts = new List<string>(4);
        foreach (var ceiling in standing.Ceilings)
        {
            if (ceiling.Unit != CeilingUnit.PicoUsd) continue;
            var share = (long)((Int128)ceiling.Used * 100 / ceiling.Limit);
            var bar = ceiling.Name == "session" ? Bar(ceiling) + " " : "";
            var text = $"{ceiling.Name} {bar}{new Usd(ceiling.Used).ToDisplay()}/{new Usd(ceiling.Limit).ToDisplay()} {share}%";
            parts.Add(Colour(text, share, config.WarnAtPercent, io));
        }
        if (parts.Count == 0) parts.Add("no ceiling");
        if (input.Model.Length > 0) parts.Add(input.Model);
        return string.Join(" | ", parts);
    }

    private static string Bar(Ceiling ceiling)
    {
        var filled = (int)Int128.Min(BarWidth, (Int128)ceiling.Used * BarWidth / ceiling.Limit);
        return new string('█', filled) + new string('░', BarWidth - filled);
    }

    /// <summary>Yellow from the first warning on, red from the last. The client's status line shows colours although it is no terminal to us.</summary>
    private static string Colour(string text, long share, int[] warnAt, CommandIo io)
    {
        if (warnAt.Length == 0 || share < warnAt[0] || !string.IsNullOrEmpty(io.Variable("NO_COLOR"))) return text;
        return $"\u001b[{(share >= warnAt[^1] ? "31" : "33")}m{text}\u001b[0m";
    }
}
