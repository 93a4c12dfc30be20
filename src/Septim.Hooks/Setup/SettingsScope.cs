namespace Septim.Hooks.Setup;

/// <summary>One of the places from which the client reads settings.</summary>
internal enum SettingsScope
{
    /// <summary>All projects of this person.</summary>
    User,

    /// <summary>Everybody who works in this project; the file is usually committed.</summary>
    Project,

    /// <summary>This person in this project.</summary>
    Local,

    /// <summary>Everybody on this machine; only an administrator can write it.</summary>
    Managed,

    /// <summary>Whoever switched a plugin on that brings hooks; it has a hook file and no settings of its own.</summary>
    Plugin,
}
