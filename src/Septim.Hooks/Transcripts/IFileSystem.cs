namespace Septim.Hooks.Transcripts;

/// <summary>
/// The one seam to the disk, small enough to inject faults. No method throws for what a disk can do; each reports it,
/// because the same failure is a fault for a transcript and a shrug for state.
/// Paths are absolute. File handles are plain numbers, valid until <see cref="Close"/>.
/// </summary>
internal interface IFileSystem
{
    FileStat Stat(string path);

    /// <summary>
    /// Stats many names of one directory: <paramref name="names"/> are UTF-8, each ended by a zero byte, one for each place in
    /// <paramref name="into"/> (more may follow).
    /// </summary>
    /// <returns>Of the directory itself.</returns>
    FileStat StatIn(string directory, ReadOnlySpan<byte> names, Span<FileStat> into);

    /// <summary>Opens a file for reading. Negative when it cannot be; <paramref name="stat"/> then says what the path is.</summary>
    nint Open(string path, out FileStat stat);

    /// <summary>Reads at an offset: bytes read, 0 at the end, negative on an I/O error.</summary>
    int Read(nint handle, long offset, Span<byte> into);

    void Close(nint handle);

    /// <summary>Appends the names in a directory, unordered, without "." and "..". False when it cannot be listed.</summary>
    bool List(string directory, List<FileName> into);

    /// <summary>Writes the whole file under a temporary name (mode 0600) and renames it into place. False leaves the old file.</summary>
    bool Replace(string path, ReadOnlySpan<byte> content);

    /// <summary>
    /// Writes over the beginning of a file, or creates it (mode 0600); what stands behind stays. False when another writer is at it or
    /// not all was written: then a part may be. Readers are not kept out and can see a mixture.
    /// </summary>
    bool Overwrite(string path, ReadOnlySpan<byte> content);

    /// <summary>Creates the directory and its parents, mode 0700. True when it is there afterwards.</summary>
    bool CreateDirectory(string path);

    bool Delete(string path);
}
