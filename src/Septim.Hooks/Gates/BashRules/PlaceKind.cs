namespace Septim.Hooks.Gates.BashRules;

/// <summary>The classes of paths (bash-policy §2), from harmless to worst: of a path and its link's target the later one counts.</summary>
internal enum PlaceKind
{
    /// <summary><c>/dev/null</c>, <c>/dev/stderr</c>, <c>/dev/fd/2</c>, <c>/dev/tty</c>: nothing lies there.</summary>
    Nowhere,
    /// <summary>Below a temporary directory.</summary>
    Temp,
    /// <summary>Below the project root, not <c>.git</c>.</summary>
    Project,
    /// <summary>Nothing is known: <c>$X</c>, or a relative path after an unknown <c>cd</c>.</summary>
    Unknown,
    /// <summary>The temporary directory itself.</summary>
    TempRoot,
    /// <summary>Some other place that is neither project, home nor system; on another machine also its homes.</summary>
    Outside,
    /// <summary>The project root itself or all in it.</summary>
    ProjectRoot,
    /// <summary>A <c>.git</c> directory or what is in it.</summary>
    Git,
    /// <summary>Below a home directory, not in the project.</summary>
    Home,
    /// <summary>A home directory itself, all in it, or what is above the project.</summary>
    HomeRoot,
    /// <summary>At or below a system directory.</summary>
    System,
    /// <summary>A device that holds or is data: disks, memory.</summary>
    Device,
    /// <summary><c>/</c>, all in it, or a drive's root.</summary>
    SystemRoot,
}
