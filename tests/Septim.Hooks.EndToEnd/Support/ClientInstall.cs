namespace Septim.Hooks.EndToEnd.Support;

/// <summary>
/// The real client, pinned: <c>SEPTIM_TEST_CLIENT</c> when set (the native binary, or the folder npm installed it into),
/// else installed once with npm below <c>artifacts/</c>.
/// </summary>
internal static class ClientInstall
{
    /// <summary>The version the contract was measured with. Raising it means measuring again.</summary>
    public const string Version = "2.1.330";

    /// <summary>The stub that the package's install script replaces is a few kilobytes, the native binary hundreds of megabytes.</summary>
    private const long SmallestNativeBinary = 50_000_000;

    private static readonly Lazy<Task<string>> Found = new(async () => Reachable(await Find()));

    /// <summary>Path of the native binary, which the user the client runs as can reach.</summary>
    /// <exception cref="SetupMissing">node or npm is missing, or the install failed.</exception>
    public static Task<string> Binary => Found.Value;

    private static async Task<string> Find()
    {
        if (Environment.GetEnvironmentVariable("SEPTIM_TEST_CLIENT") is { Length: > 0 } given)
        {
            var binary = Directory.Exists(given) ? BinaryBelow(given) : given;
            return IsNative(binary) ? binary : throw new SetupMissing($"SEPTIM_TEST_CLIENT={given} holds no native client binary");
        }

        var folder = Repository.Artifacts($"client-{Version}");
        using var onlyOne = Repository.Lock("client");
        if (IsNative(BinaryBelow(folder))) return BinaryBelow(folder);

        if (!ChildProcess.Has("node") || !ChildProcess.Has("npm"))
            throw new SetupMissing("node and npm are missing: install Node.js 20 or newer with npm (Debian: apt-get install -y nodejs npm), the tests drive the real client");

        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{"name":"client-under-test","private":true}""");
        var npm = await ChildProcess.Run(
            OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
            ["install", "--no-audit", "--no-fund", "--ignore-scripts=false", $"@anthropic-ai/claude-code@{Version}"],
            folder,
            timeout: TimeSpan.FromMinutes(10));
        if (npm.ExitCode != 0) throw new SetupMissing($"npm could not install @anthropic-ai/claude-code@{Version}: {LastLine(npm.All)}");

        // Why: newer npm versions hold install scripts back until they are approved; the script is what puts the native binary in place.
        if (!IsNative(BinaryBelow(folder)))
            await ChildProcess.Run("node", ["install.cjs"], PackageBelow(folder), timeout: TimeSpan.FromMinutes(5));
        if (!IsNative(BinaryBelow(folder)))
            throw new SetupMissing($"{BinaryBelow(folder)} is not the native client: npm must be allowed to run install scripts");
        return BinaryBelow(folder);
    }

    /// <summary>A checkout below a private folder, such as root's HOME, cannot be searched by others: then a link of this process's own.</summary>
    private static string Reachable(string binary)
    {
        if (!Posix.IsRoot || Posix.IsReachableByAll(binary)) return binary;
        var folder = Directory.CreateDirectory($"/tmp/s{Guid.NewGuid():N}"[..12]).FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var link = Path.Combine(folder, "claude");
        Posix.LinkOrCopy(binary, link);
        return link;
    }

    private static string PackageBelow(string folder) => Path.Combine(folder, "node_modules", "@anthropic-ai", "claude-code");

    private static string BinaryBelow(string folder) => Path.Combine(PackageBelow(folder), "bin", "claude.exe");

    private static bool IsNative(string path) => File.Exists(path) && new FileInfo(path).Length > SmallestNativeBinary;

    private static string LastLine(string text) => text.TrimEnd().Split('\n')[^1];
}
