namespace Septim.Hooks.EndToEnd.Support;

/// <summary>The checkout these tests were built from, found upwards from the test assembly.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>A path below the ignored <c>artifacts/</c> folder; the folder is made.</summary>
    public static string Artifacts(params string[] parts)
    {
        var folder = Path.Combine([Root, "artifacts", .. parts]);
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>
    /// Holds a file lock below <c>artifacts/</c>, so that test processes running at the same time make a thing once.
    /// </summary>
    public static FileStream Lock(string name)
    {
        var path = Path.Combine(Artifacts(), name + ".lock");
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tries < 600)
            {
                Thread.Sleep(1000);
            }
        }
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Septim.Hooks.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"Septim.Hooks.sln not found above {AppContext.BaseDirectory}");
    }
}
