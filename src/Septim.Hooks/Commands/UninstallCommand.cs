using Septim.Hooks.Setup;

namespace Septim.Hooks.Commands;

/// <summary><c>septim uninstall</c>: takes out of a settings file what is ours, and nothing else.</summary>
internal static class UninstallCommand
{
    public static readonly Command Command = new("uninstall",
        $"""
        uninstall [options]

        {InstallCommand.ScopeOptions}

        Where nothing else changed since, the file becomes byte for byte what it was. Your septim.json goes only if you never edited it.
        The record of past sessions stays.
        """,
        "takes septim out of Claude Code's settings", Run);

    private static int Run(ReadOnlySpan<string> args, CommandIo io)
    {
        var options = Options.Parse("uninstall", args, ["project", "dry-run"], ["scope", "directory"]);
        options.ThrowIfRest("uninstall");
        var scope = InstallCommand.Scope(options);
        var places = InstallCommand.Places(options, io);
        var paths = io.Paths(places.Client);
        var settings = SettingsChange.ToUnwire(places.PathOf(scope));
        var config = ConfigChange(scope switch { SettingsScope.User => paths.UserFile, SettingsScope.Managed => paths.ManagedFile, _ => null });

        if (options.Has("dry-run"))
        {
            io.Out.Write(settings.Diff() + config?.Diff());
            if (settings.IsNone) io.Out.WriteLine($"nothing to take out of {settings.Path}");
            return 0;
        }
        try
        {
            Apply(settings, config, io);
        }
        catch (HookFault fault) when (InstallCommand.IsForAdministrator(fault, scope))
        {
            throw InstallCommand.ForAdministrator(fault, "uninstall", io);
        }
        return 0;
    }

    private static void Apply(SettingsChange settings, SettingsChange? config, CommandIo io)
    {
        if (settings.IsNone) io.Out.WriteLine($"nothing to take out of {settings.Path}");
        else Write(settings, io);
        if (config is { IsNone: false })
        {
            SettingsFile.Delete(config.Path);
            io.Out.WriteLine($"removed {config.Path}, which you never edited");
        }
        else if (config is { Old: not null }) io.Out.WriteLine($"{config.Path} is yours and stays");
    }

    /// <summary>The configuration goes when it is word for word what a preset wrote.</summary>
    private static SettingsChange? ConfigChange(string? path)
    {
        if (path is null) return null;
        var old = SettingsFile.Read(path);
        var isOurs = old is not null && Array.Exists(Preset.All, preset => old.AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetBytes(preset.Config)));
        return new SettingsChange(path, old, isOurs ? null : old);
    }

    private static void Write(SettingsChange change, CommandIo io)
    {
        if (change.New is null)
        {
            SettingsFile.Delete(change.Path);
            io.Out.WriteLine($"removed {change.Path}, which held nothing else");
            return;
        }
        var backup = SettingsFile.Replace(change.Path, change.Old, change.New, io.Time.GetUtcNow());
        io.Out.WriteLine($"took septim out of {change.Path}; what stood there before is in {backup}");
    }
}
