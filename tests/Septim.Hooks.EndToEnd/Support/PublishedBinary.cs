using System.Runtime.InteropServices;

namespace Septim.Hooks.EndToEnd.Support;

/// <summary>The native binary under test: <c>SEPTIM_BIN</c> when set, else published once below <c>artifacts/</c>.</summary>
internal static class PublishedBinary
{
    private static readonly Lazy<Task<string>> Found = new(Find);

    /// <exception cref="SetupMissing">The C toolchain is missing, or the code does not compile.</exception>
    public static Task<string> Path => Found.Value;

    public static string RuntimeId =>
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
        + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");

    private static string FileName => OperatingSystem.IsWindows() ? "septim.exe" : "septim";

    private static async Task<string> Find()
    {
        if (Environment.GetEnvironmentVariable("SEPTIM_BIN") is { Length: > 0 } given)
            return File.Exists(given) ? System.IO.Path.GetFullPath(given) : throw new SetupMissing($"SEPTIM_BIN={given} does not exist");

        var folder = Repository.Artifacts("publish", RuntimeId);
        using var onlyOne = Repository.Lock("publish");
        var publish = await ChildProcess.Run(
            "dotnet",
            ["publish", System.IO.Path.Combine("src", "Septim.Hooks"), "-c", "Release", "-r", RuntimeId, "-o", folder, "--nologo"],
            Repository.Root,
            timeout: TimeSpan.FromMinutes(10));
        if (publish.ExitCode == 0) return System.IO.Path.Combine(folder, FileName);

        throw new SetupMissing(publish.All.Contains("linker", StringComparison.OrdinalIgnoreCase)
            ? "the C toolchain is missing: install a C compiler and zlib (Debian: apt-get install -y gcc libc6-dev zlib1g-dev; macOS: xcode-select --install), the tests run the native binary"
            : $"dotnet publish failed: {publish.All.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal), "see dotnet publish").Trim()}");
    }

    /// <summary>
    /// A copy of it. Why by another process: what this one has open for writing, a child that a test beside starts at that moment has
    /// open, too, and then the copy cannot be executed ("text file busy").
    /// </summary>
    public static async Task CopyTo(string path)
    {
        var copy = await ChildProcess.Run("cp", [await Path, path], System.IO.Path.GetDirectoryName(path)!);
        if (copy.ExitCode != 0) throw new IOException($"cp: {copy.All}");
    }
}
