namespace Septim.Hooks.Tests.Support;

/// <summary>Where the repository's own files are, seen from the built tests.</summary>
internal static class RepositoryRoot
{
    public static readonly string Path = Find();

    public static string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (System.IO.File.Exists(System.IO.Path.Combine(at.FullName, "Septim.Hooks.sln"))) return at.FullName;
        }
        throw new InvalidOperationException("no Septim.Hooks.sln above " + AppContext.BaseDirectory);
    }
}
