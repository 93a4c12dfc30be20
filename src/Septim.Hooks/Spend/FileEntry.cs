using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>One name in a folder of transcripts: a transcript, or a folder below.</summary>
internal sealed class FileEntry(DirectoryEntry directory, string name)
{
    private string? _path;

    public DirectoryEntry Directory { get; set; } = directory;

    public string Name => name;

    /// <summary>Stable number inside the snapshot; records name their owner by it.</summary>
    public int Index { get; set; } = -1;

    public FileMark Mark;

    public FileFigures Figures = FileFigures.None;

    /// <summary>As of this call.</summary>
    public FileStat Stat;

    /// <summary>Hashes of the <c>tool_use</c> ids of the last response; null when this call did not read all of it.</summary>
    public List<UInt128>? LastToolUses { get; set; }

    /// <summary>Not yet in the table that the snapshot points to.</summary>
    public bool IsDirty { get; set; }

    public string FullPath => _path ??= Path.Combine(Directory.FullPath, name);

    public bool HasFigures => Figures.Responses > 0 || Figures.Broken > 0 || Figures.CostState != FileFigures.NoCostState;
}
