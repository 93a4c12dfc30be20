using System.Globalization;
using System.Text;
using Septim.Hooks.Claude;
using Septim.Hooks.Config;
using Septim.Hooks.Delivery;
using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Commands;

/// <summary>Sends one notification by hand. As a hook, <c>septim notify</c> without options is a recorder.</summary>
internal static class NotifyCommand
{
    public static readonly Command Command = new("notify",
        """
        notify --test [NAME]

          --test [NAME]   send a test to every configured webhook, or to one, and print what it answered
        """,
        "tries the configured webhooks; wired as a hook, tells them what happens", Run);

    /// <summary>Tells the audit (item 26) that a message really arrived, and when.</summary>
    private static void WriteReceipt(SeptimPaths paths, CommandIo io)
    {
        if (!FileSystem.Real.CreateDirectory(paths.StateDirectory)) return;
        var text = $"{{\"at\":\"{io.Time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}\"}}\n";
        FileSystem.Real.Replace(Path.Combine(paths.StateDirectory, "notify-receipt.json"), Encoding.UTF8.GetBytes(text));
    }

    private static int Run(ReadOnlySpan<string> args, CommandIo io)
    {
        if (args.Length is 0 or > 2 || args[0] != "--test")
        {
            io.Err.WriteLine($"usage: septim {Command.Usage}");
            return 2;
        }
        var client = ClientEnvironment.Read(io.Variable);
        var paths = SeptimPaths.Read(client, io.Variable);
        if (client.ProjectDirectory is { } project) ProjectSteering.ThrowIfPresent(project);
        var config = ConfigLoader.Load(paths, client, null, io.Variable, io.Time);
        var answers = TestNotice.Send(config, paths, io.Variable, io.Time, args.Length == 2 ? args[1] : null);
        if (answers.Count == 0)
        {
            io.Err.WriteLine(args.Length == 2
                ? $"septim notify: no webhook is named \"{args[1]}\""
                : $"septim notify: no webhook is configured; add notify.webhooks to {paths.UserFile}");
            return 2;
        }
        foreach (var (name, taken, answer) in answers) io.Out.WriteLine($"{name}: {(taken ? "taken" : "not taken")}, {answer}");
        if (answers.Exists(one => !one.Taken)) return 1;
        WriteReceipt(paths, io);
        return 0;
    }
}
