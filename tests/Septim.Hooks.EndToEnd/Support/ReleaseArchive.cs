namespace Septim.Hooks.EndToEnd.Support;

/// <summary>What <c>release.sh</c> makes of the binary under test.</summary>
internal static class ReleaseArchive
{
    /// <returns>The archive; its checksum and its list of contents lie beside it.</returns>
    public static async Task<string> Make(string folder)
    {
        Directory.CreateDirectory(folder);
        var made = await ChildProcess.Run(
            "/bin/sh", [Path.Combine(Repository.Root, "release.sh"), "--program", await PublishedBinary.Path, "--out", folder], Repository.Root, timeout: TimeSpan.FromMinutes(2));
        Assert.True(made.ExitCode == 0, made.All);
        return made.Stdout.Trim();
    }
}
