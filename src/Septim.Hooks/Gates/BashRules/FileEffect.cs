using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>One thing that an invocation does to one path.</summary>
/// <param name="Kind">What.</param>
/// <param name="Path">The word as the program gets it.</param>
/// <param name="Place">Where it lies.</param>
internal readonly record struct FileEffect(FileEffectKind Kind, Word Path, Place Place)
{
    /// <summary>No question, no error for what is missing: <c>rm -f</c>.</summary>
    public bool IsForced { get; init; }

    /// <summary>A selection of what lies below the path (<c>find PATH -name x -delete</c>), not the path itself.</summary>
    public bool IsSelection { get; init; }

    /// <summary>The find that makes the selection; null when it is no selection, or one of another tool.</summary>
    public FindTool.Reading? Finder { get; init; }

    /// <summary>It leaves or destroys what was there.</summary>
    public bool Loses => Kind is FileEffectKind.Write or FileEffectKind.Empty or FileEffectKind.MoveAway or FileEffectKind.Remove
        or FileEffectKind.RemoveTree or FileEffectKind.Shred;

    public bool Removes => Kind is FileEffectKind.Remove or FileEffectKind.RemoveTree;

    public bool Changes => Kind != FileEffectKind.Read;
}
