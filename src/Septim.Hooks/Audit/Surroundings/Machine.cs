namespace Septim.Hooks.Audit.Surroundings;

/// <summary>What can be known of the machine without asking anybody: container marks, groups.</summary>
internal static class Machine
{
    private static readonly string[] ContainerVariables = ["container", "KUBERNETES_SERVICE_HOST", "CODESPACES", "REMOTE_CONTAINERS", "DEVCONTAINER"];

    public static bool IsContainer(AuditOptions options)
    {
        foreach (var name in ContainerVariables)
            if (options.Variable(name) is not null) return true;
        if (File.Exists(Path.Combine(options.SystemRoot, ".dockerenv")) || File.Exists(Path.Combine(options.SystemRoot, "run/.containerenv"))) return true;
        try
        {
            var control = Path.Combine(options.SystemRoot, "proc/1/cgroup");
            return File.Exists(control) && File.ReadAllText(control) is var text && (text.Has("docker") || text.Has("kubepods") || text.Has("containerd") || text.Has("lxc"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether the audited home is that of the user who runs the audit; only then the user's own rights say something.</summary>
    public static bool IsLive(AuditOptions options) =>
        options.UseEnvironment && options.UseHome && options.Variable("HOME") is { } home && Path.TrimEndingDirectorySeparator(home) == options.Home;

    public static IEnumerable<string> RiskyGroups(AuditOptions options, string user)
    {
        var path = Path.Combine(options.SystemRoot, "etc/group");
        if (!File.Exists(path)) yield break;
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            yield break;
        }
        foreach (var line in lines)
        {
            var parts = line.Split(':');
            if (parts.Length >= 4 && parts[0] is "docker" or "sudo" or "wheel" && parts[3].Split(',').Contains(user)) yield return parts[0];
        }
    }
}
