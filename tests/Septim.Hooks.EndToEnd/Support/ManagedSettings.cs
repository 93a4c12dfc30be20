using System.Text.Json.Nodes;

namespace Septim.Hooks.EndToEnd.Support;

/// <summary>
/// Managed settings for one client alone: it runs in name spaces of its own, where /etc is a copy with a claude-code folder. The
/// machine's /etc is not touched, and no other client sees them. Linux only; needs unshare and user name spaces.
/// </summary>
internal static class ManagedSettings
{
    /// <summary>The program and its arguments that start a client below these settings; for <see cref="RunOptions.Through"/>.</summary>
    /// <exception cref="SetupMissing">unshare is missing.</exception>
    public static IReadOnlyList<string> Through(ClientPlace place, JsonObject settings)
    {
        if (!ChildProcess.Has("unshare")) throw new SetupMissing("unshare is missing; install util-linux (managed settings are tried in a name space of their own)");
        var etc = Path.Combine(Path.GetDirectoryName(place.Home)!, "etc");
        Directory.CreateDirectory(etc);
        // What a program needs of /etc to run and to know its user; the rest stays out.
        foreach (var name in (string[])["passwd", "group", "hosts", "nsswitch.conf", "resolv.conf", "ld.so.cache", "ld.so.conf"])
            if (File.Exists("/etc/" + name)) File.Copy("/etc/" + name, Path.Combine(etc, name));
        ClientPlace.WriteFile(Path.Combine(etc, "claude-code", "managed-settings.json"), settings.ToJsonString());
        const string Script = "mount --bind \"$1\" /etc && shift && exec unshare --user --map-user=65534 --map-group=65534 -- \"$@\"";
        return ["unshare", "--user", "--map-root-user", "--mount", "--", "sh", "-c", Script, "sh", etc];
    }
}
