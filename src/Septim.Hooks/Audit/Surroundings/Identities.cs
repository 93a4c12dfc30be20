using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Reads the names of the accounts in reach from the tools' own files.</summary>
internal static class Identities
{
    public static List<Identity> Find(AuditContext context, ItemResult item)
    {
        var found = new List<Identity>();
        if (!context.Options.UseHome) return found;
        Kubernetes(context, item, found);
        Aws(context, item, found);
        GCloud(context, item, found);
        Docker(context, item, found);
        Ssh(context, item, found);
        return found;
    }

    private static Input? Open(AuditContext context, ItemResult item, string relative) =>
        item.Use(context.Inputs.Read(Path.Combine(context.Options.Home, relative)));

    /// <summary>Where a tool looks: the file that its variable names, else the usual one.</summary>
    internal static string FileOf(AuditContext context, string variable, string relative) => FilesOf(context, variable, relative)[0];

    private static List<string> FilesOf(AuditContext context, string variable, string relative)
    {
        var named = context.Settings.Variable(variable)?.Value ?? "";
        List<string> files = [.. named.Split(named.Has(";") ? ';' : ':', StringSplitOptions.RemoveEmptyEntries).Select(path => path.Starts("~/") ? context.Options.Home + path[1..] : path).Where(Path.IsPathRooted)];
        return files.Count > 0 ? files : [Path.Combine(context.Options.Home, relative)];
    }

    private static void Kubernetes(AuditContext context, ItemResult item, List<Identity> found)
    {
        foreach (var path in FilesOf(context, "KUBECONFIG", ".kube/config"))
            if (item.Use(context.Inputs.Read(path)) is { } input) Contexts(context, item, input, found);
    }

    private static void Contexts(AuditContext context, ItemResult item, Input input, List<Identity> found)
    {
        context.SecretsIn(input);
        if (YamlTree.Parse(input.Text, out var error) is not { } root)
        {
            if (error is not null) item.CannotTell(error, new Place(input.Path));
            return;
        }
        var current = root["current-context"]?.Text ?? "";
        foreach (var entry in root["contexts"]?.Items ?? [])
        {
            var name = entry["name"]?.Text ?? "";
            var detail = $"user {entry.At("context.user")?.Text ?? "?"}, cluster {entry.At("context.cluster")?.Text ?? "?"}";
            found.Add(new Identity("kubernetes", name, detail, name == current, new Place(input.Path, entry.Line)));
        }
        if (current.Length > 0 && !found.Exists(one => one.Name == current))
            found.Add(new Identity("kubernetes", current, "", true, new Place(input.Path, root["current-context"]!.Line)));
    }

    private static void Aws(AuditContext context, ItemResult item, List<Identity> found)
    {
        var active = context.Settings.Variable("AWS_PROFILE")?.Value ?? "default";
        if (item.Use(context.Inputs.Read(FileOf(context, "AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials"))) is { } credentials)
        {
            context.SecretsIn(credentials);
            foreach (var (section, line) in new IniFile(credentials).Sections) found.Add(new Identity("aws", section, "", section == active, new Place(credentials.Path, line)));
        }
        if (item.Use(context.Inputs.Read(FileOf(context, "AWS_CONFIG_FILE", ".aws/config"))) is not { } input) return;
        var ini = new IniFile(input);
        foreach (var (section, line) in ini.Sections)
        {
            var name = section.Starts("profile ") ? section[8..].Trim() : section;
            if (section.Starts("sso-session")) continue;
            var arn = ini.Find(section, "role_arn") ?? "";
            var role = ini.Find(section, "sso_role_name") ?? arn[(arn.LastIndexOf('/') + 1)..];
            found.RemoveAll(one => one.Kind == "aws" && one.Name == name);
            found.Add(new Identity("aws", name, role.Length == 0 ? "" : $"role {role}", name == active, new Place(input.Path, line)));
        }
    }

    private static void GCloud(AuditContext context, ItemResult item, List<Identity> found)
    {
        if (Open(context, item, ".config/gcloud/active_config") is not { } active) return;
        var name = active.Text.Trim();
        if (name.Length == 0 || name.Has("/") || Open(context, item, $".config/gcloud/configurations/config_{name}") is not { } input) return;
        var ini = new IniFile(input);
        found.Add(new Identity("gcloud", name, $"project {ini.Find("core", "project") ?? "?"}", true, new Place(input.Path, 1)));
    }

    private static void Docker(AuditContext context, ItemResult item, List<Identity> found)
    {
        if (Open(context, item, ".docker/config.json") is not { } input) return;
        context.SecretsIn(input);
        if (JsonTree.Parse(input.Text, out _, out _)?["currentContext"] is { IsText: true } current)
            found.Add(new Identity("docker", current.Text, "", true, new Place(input.Path, current.Line)));
    }

    private static void Ssh(AuditContext context, ItemResult item, List<Identity> found)
    {
        if (Open(context, item, ".ssh/config") is { } input) Hosts(context, item, input, found, 0);
    }

    /// <summary>Host aliases, also those of included files: a relative path there is one below ~/.ssh.</summary>
    private static void Hosts(AuditContext context, ItemResult item, Input input, List<Identity> found, int depth)
    {
        var number = 0;
        foreach (var line in input.Text.Split('\n'))
        {
            number++;
            var words = line.Trim().Split([' ', '\t', '='], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 2 && words[0].Same("Include") && depth < 3)
                foreach (var name in words.Skip(1))
                {
                    var path = Path.GetFullPath(name.Starts("~/") ? context.Options.Home + name[1..] : name, Path.Combine(context.Options.Home, ".ssh"));
                    foreach (var file in context.Inputs.List(Path.GetDirectoryName(path)!, Path.GetFileName(path), out _))
                        if (item.Use(context.Inputs.Read(file)) is { } included && included.Path != input.Path) Hosts(context, item, included, found, depth + 1);
                }
            if (words.Length < 2 || !words[0].Same("Host")) continue;
            foreach (var host in words.Skip(1).Where(host => !host.Has("*"))) found.Add(new Identity("ssh", host, "", false, new Place(input.Path, number)));
        }
    }
}
