namespace Septim.Hooks.Spend;

/// <summary>
/// Folders and transcripts of a scope as bytes: inside the snapshot when they are few, else in a file of their own. At the head stands what
/// tells whether anything changed, behind it marks and figures, which are read only for a folder where something did: most calls look at
/// a thousand old transcripts and find them as they were.
/// </summary>
internal static class FileTable
{
    private const int NoFigures = 0;
    private const int AllFigures = 1;
    private const int RunOnly = 2;

    /// <returns>Bytes of the head.</returns>
    public static int Write(StateWriter to, SpendState state)
    {
        var start = to.Written.Length;
        var figures = new StateWriter();
        to.Int(state.Directories.Count);
        foreach (var directory in state.Directories)
        {
            to.Text(directory.FullPath);
            to.Int((directory.IsPinned ? 1 : 0) | (directory.IsSettled ? 2 : 0));
            to.ULong(directory.Inode);
            to.Long(directory.MtimeNs);
            to.Int(directory.Folders.Count);
            foreach (var folder in directory.Folders) to.Text(folder);
            to.Int(directory.Files.Count);
            to.Bytes(directory.Names);
            to.ULong(directory.Print());
            var from = figures.Written.Length;
            foreach (var file in directory.Files)
            {
                figures.Struct(file.Mark);
                figures.Int(file.Index);
                WriteFigures(figures, state, file);
            }
            to.Struct(new FiguresPlace(from, figures.Written.Length - from, KeyHash.Print(figures.Written[from..])));
        }
        var head = to.Written.Length - start;
        to.Raw(figures.Written);
        return head;
    }

    /// <param name="bytes">The head and whatever surrounds it.</param>
    /// <param name="from">Stands at the head, and behind it afterwards.</param>
    /// <param name="state">Takes the folders.</param>
    /// <param name="figures">Reads what a place names, when it is needed.</param>
    /// <returns>Bytes of all figures.</returns>
    public static int ReadHead(ReadOnlyMemory<byte> bytes, ref StateReader from, SpendState state, Func<FiguresPlace, ReadOnlyMemory<byte>> figures)
    {
        var length = 0;
        var directories = from.Count(32);
        for (var d = 0; d < directories; d++)
        {
            var path = from.Text();
            var flags = from.Int();
            var directory = new DirectoryEntry(path, (flags & 1) != 0) { IsSettled = (flags & 2) != 0, Inode = from.ULong(), MtimeNs = from.Long() };
            var folders = from.Count(4);
            for (var i = 0; i < folders; i++) directory.Folders.Add(from.Text());
            var files = from.Count(1);
            var names = Slice(bytes, from.Bytes(), from);
            var print = from.ULong();
            var place = from.Struct<FiguresPlace>();
            length += place.Length;
            directory.Keep(files, names, print, () => figures(place));
            state.Directories.Add(directory);
        }
        return length;
    }

    public static void WriteEntry(StateWriter to, SpendState state, FileEntry file)
    {
        to.Struct(file.Mark);
        WriteFigures(to, state, file);
    }

    public static void ReadEntry(ref StateReader from, FileEntry file)
    {
        file.Mark = from.Struct<FileMark>();
        ReadFigures(ref from, file);
    }

    public static void ReadFigures(ref StateReader from, FileEntry file)
    {
        var kind = from.Int();
        if (kind == AllFigures) file.Figures = from.Struct<FileFigures>();
        if (kind != RunOnly) return;
        file.Figures.Responses = from.Long();
        file.Figures.LatestTime = from.Long();
        file.Figures.Run.KeyHigh = from.ULong();
        file.Figures.Run.KeyLow = from.ULong();
    }

    private static void WriteFigures(StateWriter to, SpendState state, FileEntry file)
    {
        // Why: a file that was quiet since before the window is only asked for the number of its responses.
        var kind = !file.HasFigures ? NoFigures
            : state.IsDay && file.Figures.Broken == 0 && file.Figures.LatestTime < state.Horizon ? RunOnly : AllFigures;
        to.Int(kind);
        if (kind == AllFigures) to.Struct(file.Figures);
        if (kind != RunOnly) return;
        to.Long(file.Figures.Responses);
        to.Long(file.Figures.LatestTime);
        to.ULong(file.Figures.Run.KeyHigh);
        to.ULong(file.Figures.Run.KeyLow);
    }

    /// <summary>What was just taken, as memory that outlives the reader.</summary>
    private static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> bytes, ReadOnlySpan<byte> taken, StateReader behind) =>
        bytes.Slice(bytes.Length - behind.Left - taken.Length, taken.Length);
}
