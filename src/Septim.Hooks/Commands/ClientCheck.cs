using Septim.Hooks.Setup;

namespace Septim.Hooks.Commands;

/// <summary>What the client itself says of the settings that it would load. Source: <c>claude doctor</c> of 2.1.330, measured 2026-11.</summary>
internal static class ClientCheck
{
    private const string Section = "Invalid settings";

    /// <summary>It takes about a second; without a network some more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="projectDirectory">Whose settings count beside the person's.</param>
    /// <param name="settings">The file that was wired.</param>
    /// <param name="client">Its version; older ones draw a screen and wait, and are not asked.</param>
    /// <param name="io">Where it is told.</param>
    /// <returns>1 when the client finds fault with the file that was wired, else 0; what it finds elsewhere is told.</returns>
    public static int Run(string projectDirectory, string settings, Version? client, CommandIo io)
    {
        if (client is null || client < Wiring.FirstWithOnFailure || ClientProgram.Find("claude", io.Variable) is not { } program) return 0;
        if (ClientProgram.Run(program, ["doctor"], Patience, projectDirectory) is not { ExitCode: 0 } answer)
        {
            io.Out.WriteLine("`claude doctor` gave no answer about the settings; septim doctor looks for itself");
            return 0;
        }
        var findings = Findings(answer.Output);
        if (findings.Count == 0) io.Out.WriteLine("claude doctor finds nothing wrong with the settings");
        foreach (var finding in findings) io.Err.WriteLine($"warning: claude doctor: {finding}");
        return findings.Exists(finding => finding.Contains(settings, StringComparison.Ordinal)) ? 1 : 0;
    }

    /// <summary>The list below the heading, which ends at the first line that is no item.</summary>
    internal static List<string> Findings(string output)
    {
        var findings = new List<string>();
        var inside = false;
        foreach (var line in output.Split('\n'))
        {
            if (inside && line.StartsWith("- ", StringComparison.Ordinal)) findings.Add(line[2..].TrimEnd());
            else inside = line.TrimEnd() == Section;
        }
        return findings;
    }
}
