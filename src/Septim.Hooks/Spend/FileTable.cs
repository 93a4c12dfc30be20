namespace Septim.Hooks.Spend;

/// <summary>Folders and transcripts of a scope as bytes: inside the snapshot when they are few, else in a file of their own.</summary>
internal static class FileTable
{
    private const int NoFigures = 0;
    private const int AllFigures = 1;
    private const int RunOnly = 2;

    public static void Write(StateWriter to, SpendState state)
    {
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
            foreach (var file in directory.Files)
            {
                to.Text(file.Name);
                to.Int(file.Index);
                WriteEntry(to, state, file);
            }
        }
    }

    public static void Read(ref StateReader from, SpendState state)
    {
        var directories = from.Count(32);
        for (var d = 0; d < directories; d++)
        {
            var path = from.Text();
            var flags = from.Int();
            var directory = new DirectoryEntry(path, (flags & 1) != 0) { IsSettled = (flags & 2) != 0, Inode = from.ULong(), MtimeNs = from.Long() };
            var folders = from.Count(4);
            for (var i = 0; i < folders; i++) directory.Folders.Add(from.Text());
            var files = from.Count(64);
            directory.Files.EnsureCapacity(files);
            for (var i = 0; i < files; i++)
            {
                var file = new FileEntry(directory, from.Text()) { Index = from.Int() };
                ReadEntry(ref from, file);
                directory.Files.Add(file);
            }
            state.Directories.Add(directory);
        }
    }

    public static void WriteEntry(StateWriter to, SpendState state, FileEntry file)
    {
        to.Struct(file.Mark);
        // Why: a file that was quiet since before the window is only asked for the number of its responses.
        var kind = file.Figures.CostState == FileFigures.NoCostState && file.Figures.Responses == 0 ? NoFigures
            : state.IsDay && file.Figures.LatestTime < state.Horizon ? RunOnly : AllFigures;
        to.Int(kind);
        if (kind == AllFigures) to.Struct(file.Figures);
        if (kind != RunOnly) return;
        to.Long(file.Figures.Responses);
        to.Long(file.Figures.LatestTime);
        to.ULong(file.Figures.Run.KeyHigh);
        to.ULong(file.Figures.Run.KeyLow);
    }

    public static void ReadEntry(ref StateReader from, FileEntry file)
    {
        file.Mark = from.Struct<FileMark>();
        var kind = from.Int();
        if (kind == AllFigures) file.Figures = from.Struct<FileFigures>();
        if (kind != RunOnly) return;
        file.Figures.Responses = from.Long();
        file.Figures.LatestTime = from.Long();
        file.Figures.Run.KeyHigh = from.ULong();
        file.Figures.Run.KeyLow = from.ULong();
    }
}
