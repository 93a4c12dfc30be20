using System.Runtime.InteropServices;

namespace Septim.Hooks.Benchmarks;

/// <summary>
/// The programs compared, all made by this run: a C program that does nothing, one that only reads, an empty NativeAOT
/// program, ccusage from npm, and septim itself.
/// </summary>
internal sealed class Programs
{
    /// <summary>The newest ccusage with a native Linux build, and the last one that ran on node alone.</summary>
    public static readonly string[] CcusageVersions = ["20.0.24", "18.0.11"];

    private readonly string _folder;

    public Programs(string root)
    {
        _folder = Path.Combine(root, "artifacts", "bench", "programs");
        Directory.CreateDirectory(_folder);
        True = Compile("true");
        Read = Compile("read");
        Measure = Compile("measure");
        Septim = Environment.GetEnvironmentVariable("SEPTIM_BIN") is { Length: > 0 } given ? Path.GetFullPath(given) : Publish(Path.Combine(root, "src", "Septim.Hooks"), "septim", root);
    }

    public string True { get; }

    public string Read { get; }

    public string Measure { get; }

    public string Hello => field ??= PublishHello();

    public string Septim { get; }

    /// <summary>Installs a version of ccusage; its command line.</summary>
    public string Ccusage(string version)
    {
        var folder = Path.Combine(_folder, "ccusage-" + version);
        var command = Path.Combine(folder, "node_modules", ".bin", "ccusage");
        if (File.Exists(command)) return command;
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "package.json"), """{"name":"compared","private":true}""");
        Launcher.Tool(folder, "npm", "install", "--no-audit", "--no-fund", "ccusage@" + version);
        return command;
    }

    /// <summary>The symbol file that the last native build of septim left.</summary>
    public static string SymbolsOf(string root) => Path.Combine(root, "src", "Septim.Hooks", "bin", "Release", "net10.0", RuntimeInformation.RuntimeIdentifier, "native", "septim.dbg");

    private string Compile(string name)
    {
        var source = Path.Combine(_folder, name + ".c");
        using (var resource = typeof(Programs).Assembly.GetManifestResourceStream(name + ".c")!)
        using (var file = File.Create(source)) resource.CopyTo(file);
        var program = Path.Combine(_folder, name);
        Launcher.Tool(_folder, "gcc", "-O2", "-o", program, source);
        return program;
    }

    private string PublishHello()
    {
        var folder = Path.Combine(_folder, "hello-source");
        Directory.CreateDirectory(folder);
        // Why: empty, so that the properties of this repository do not reach a program that stands for any other.
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(Path.Combine(folder, name), "<Project />");
        File.WriteAllText(Path.Combine(folder, "hello.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <PublishAot>true</PublishAot>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), "System.Console.WriteLine(\"hello\");\n");
        return Publish(folder, "hello", folder);
    }

    private string Publish(string project, string name, string workingFolder)
    {
        var output = Path.Combine(_folder, name + "-published");
        var rid = (OperatingSystem.IsMacOS() ? "osx" : "linux") + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");
        Launcher.Tool(workingFolder, "dotnet", "publish", project, "-c", "Release", "-r", rid, "-o", output, "--nologo");
        return Path.Combine(output, name);
    }
}
