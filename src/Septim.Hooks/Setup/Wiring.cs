using Septim.Hooks.Claude;

namespace Septim.Hooks.Setup;

/// <summary>The entries that septim has in a settings file.</summary>
/// <param name="Command">The program: an absolute path, or <c>septim</c> where the file is shared between machines.</param>
/// <param name="Form">How it is started.</param>
/// <param name="Events">Which events, in the file's order.</param>
/// <param name="ShowsSpend">Also our status line, where there is no other.</param>
internal sealed record Wiring(string Command, HookForm Form, IReadOnlyList<string> Events, bool ShowsSpend = false)
{
    /// <summary>The first client that knows <c>onFailure</c>. Source: third-party notes, and measured with 2.1.330.</summary>
    public static readonly Version FirstWithOnFailure = new(2, 1, 295);

    /// <param name="client">Null when the installed client's version is not known.</param>
    public static HookForm FormFor(Version? client)
    {
        if (client is null) return OperatingSystem.IsWindows() ? HookForm.Exec : HookForm.ShellAndOnFailure;
        return client >= FirstWithOnFailure ? HookForm.Exec : HookForm.Shell;
    }

    /// <summary>One matcher group as compact JSON.</summary>
    public byte[] GroupFor(string eventName) => HookEntry.Group(PointOf(eventName), Command, "hook", Form);

    /// <summary>Our <c>statusLine</c> as compact JSON.</summary>
    public byte[] StatusLine() => HookEntry.StatusLine(Command);

    /// <summary>All tools, at the only event where the tool decides whether we are called.</summary>
    public static HookPoint PointOf(string eventName) => new(eventName, eventName == HookEvent.PreToolUse ? "*" : null);
}
