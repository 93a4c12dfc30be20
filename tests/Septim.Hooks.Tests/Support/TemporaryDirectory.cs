namespace Septim.Hooks.Tests.Support;

/// <summary>A directory of its own for one test, removed afterwards.</summary>
/// <param name="below">On which disk; null takes the usual place.</param>
internal sealed class TemporaryDirectory(string? below = null) : IDisposable
{
    public string Path { get; } = below is null
        ? Directory.CreateTempSubdirectory("septim-test-").FullName
        : Directory.CreateDirectory(System.IO.Path.Combine(below, $"septim-test-{Guid.NewGuid():N}")).FullName;

    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>A path whose parent is there.</summary>
    public string File(params string[] parts)
    {
        var path = this[parts];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }

    public string Write(string relative, string content)
    {
        var path = File(relative.Split('/'));
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            foreach (var directory in Directory.EnumerateDirectories(Path, "*", SearchOption.AllDirectories))
            {
                System.IO.File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        Directory.Delete(Path, recursive: true);
    }
}
