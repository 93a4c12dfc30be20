using System.Runtime.CompilerServices;

namespace Septim.Hooks.Tests.Support;

/// <summary>Paths of this repository, from where the sources were compiled.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Corpus(params string[] parts) => Path.Combine([Root, "tests", "corpus", .. parts]);

    /// <summary>The folder beside the project with the specifications; null for whoever cloned only the project.</summary>
    public static string? Shared => Directory.Exists(Path.Combine(Root, "..", "shared", "claude-code")) ? Path.Combine(Root, "..", "shared") : null;

    private static string FindRoot([CallerFilePath] string file = "")
    {
        var directory = Path.GetDirectoryName(file)!;
        while (!File.Exists(Path.Combine(directory, "Septim.Hooks.sln"))) directory = Path.GetDirectoryName(directory)!;
        return directory;
    }
}
