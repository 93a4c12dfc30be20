using System.Text.Json.Nodes;

namespace Septim.Hooks.EndToEnd.Support;

/// <summary>
/// Managed settings for one client alone: it runs in name spaces of its own, where /etc is a copy with a claude-code folder. The
/// machine's /etc is not touched, and no other client sees them. Linux only; needs unshare and user name spaces.
/// </summary>
internal static class ManagedSettings
{
    private const string Bind = "mount --bind \"$1\" /etc && shift && ";
    private const string AsPerson = Bind + "exec unshare --user --map-user=65534 --map-group=65534 -- \"$@\"";

    /// <summary>The program and its arguments that start a client below these settings; for <see cref="RunOptions.Through"/>.</summary>
    /// <exception cref="SetupMissing">unshare is missing.</exception>
    public static IReadOnlyList<string> Through(ClientPlace place, JsonObject settings)
    {
        var etc = Machine(place);
        ClientPlace.WriteFile(Path.Combine(etc, "claude-code", "managed-settings.json"), settings.ToJsonString());
        return Through(etc);
    }

    /// <summary>The same for an /etc that <see cref="Machine"/> made.</summary>
    public static IReadOnlyList<string> Through(string etc) => Start(etc, AsPerson);

    /// <summary>Starts a program that may write that /etc, as an administrator may write the machine's.</summary>
    public static IReadOnlyList<string> AsRoot(string etc) => Start(etc, Bind + "exec \"$@\"");

    /// <summary>A copy of what a program needs of /etc to run and to know its user; the rest stays out.</summary>
    /// <param name="place">Where it lies, beside the home.</param>
    /// <param name="readOnly">Nobody but an administrator may write it, as on a real machine.</param>
    public static string Machine(ClientPlace place, bool readOnly = false)
    {
        if (!ChildProcess.Has("unshare")) throw new SetupMissing("unshare is missing; install util-linux (managed settings are tried in a name space of their own)");
        var etc = Path.Combine(Path.GetDirectoryName(place.Home)!, "etc");
        Directory.CreateDirectory(etc);
        foreach (var name in (string[])["passwd", "group", "hosts", "nsswitch.conf", "resolv.conf", "ld.so.cache", "ld.so.conf"])
            if (File.Exists("/etc/" + name)) File.Copy("/etc/" + name, Path.Combine(etc, name));
        if (readOnly && !OperatingSystem.IsWindows()) File.SetUnixFileMode(etc, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return etc;
    }

    private static IReadOnlyList<string> Start(string etc, string script) =>
        ["unshare", "--user", "--map-root-user", "--mount", "--", "sh", "-c", script, "sh", etc];
}
