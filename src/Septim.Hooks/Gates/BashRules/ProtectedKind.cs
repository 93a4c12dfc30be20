namespace Septim.Hooks.Gates.BashRules;

/// <summary>Files whose content decides what runs later, or who may come in.</summary>
internal enum ProtectedKind
{
    None,
    /// <summary>Shell start-up files: <c>~/.bashrc</c>, <c>/etc/profile.d/*</c>.</summary>
    Startup,
    /// <summary><c>authorized_keys</c> and the like.</summary>
    Access,
    /// <summary>cron, at, systemd, launchd, autostart.</summary>
    Schedule,
    /// <summary><c>~/.gitconfig</c>, <c>.git/config</c>.</summary>
    GitConfig,
    /// <summary>Hooks of git: <c>.git/hooks/*</c>, <c>.husky/*</c>.</summary>
    GitHook,
    /// <summary>Settings of the client: <c>.claude/settings.json</c>, hooks it runs.</summary>
    Client,
    /// <summary>The gate's own binary, configuration and state.</summary>
    Own,
}
