namespace Septim.Hooks.Gates.BashRules;

/// <summary>Where a path lies.</summary>
/// <param name="Kind">Its class.</param>
/// <param name="Path">Absolute and normalised; with a glob or an unknown part: the known directory above that part. Empty when unknown.</param>
/// <param name="IsPattern">A glob or an unknown part followed: <see cref="Path"/> holds what is meant.</param>
internal readonly record struct Place(PlaceKind Kind, string Path, bool IsPattern)
{
    /// <summary>Where links on the path lead in the end; null when there is none.</summary>
    public string? Target { get; init; }

    public static readonly Place Unknown = new(PlaceKind.Unknown, "", true);

    /// <summary>Inside the project or a temporary directory: daily work.</summary>
    public bool IsOurs => Kind is PlaceKind.Project or PlaceKind.Temp or PlaceKind.Nowhere;

    /// <summary>A system path, a device or the root.</summary>
    public bool IsSystem => Kind is PlaceKind.System or PlaceKind.Device or PlaceKind.SystemRoot;

    /// <summary>A place whose files are not this project's to lose: a selection there is never daily work.</summary>
    public bool IsFar => Kind is PlaceKind.Outside or PlaceKind.Git || IsHome || IsSystem;

    public bool IsHome => Kind is PlaceKind.Home or PlaceKind.HomeRoot;
}
