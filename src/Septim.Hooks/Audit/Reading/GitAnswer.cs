using System.Text;

namespace Septim.Hooks.Audit.Reading;

/// <summary>What git said.</summary>
internal sealed record GitAnswer(int ExitCode, byte[] Output, string Errors)
{
    public bool Worked => ExitCode == 0;
    public string Text => Encoding.UTF8.GetString(Output);

    /// <summary>The first line of the complaint, for people.</summary>
    public string Complaint => Words.Quote((Errors.Trim().Split('\n')[0] is { Length: > 0 } line ? line : $"git ended with {ExitCode}").Trim(), 160);
}
