using System.Diagnostics;
using System.Management.Automation.Language;
using System.Security.Cryptography;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Setup;

/// <summary>install.sh with a stand-in for the program, in homes of its own; install.ps1 through PowerShell's own parser.</summary>
public sealed class InstallScriptTests : IDisposable
{
    private const string Echo = "#!/bin/sh\ncase $1 in --version) echo 'septim 9.9.9' ;; *) for word in \"$@\"; do echo \"<$word>\"; done ;; esac\n";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private string Home => _directory["home"];

    [Fact]
    public void An_archive_with_the_right_checksum_is_put_in_place_and_wired_with_the_options_given()
    {
        if (OperatingSystem.IsWindows()) return;
        var (code, output, error) = Run("--from", Archive(), "--preset", "it's strict", "--project");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            $"septim 9.9.9 is in {Home}/.local/bin/septim\n{Home}/.local/bin is not on your PATH; add it:  export PATH=\"{Home}/.local/bin:$PATH\"\n"
            + "<install>\n<--preset>\n<it's strict>\n<--project>\n",
            output);
        Assert.True(File.GetUnixFileMode($"{Home}/.local/bin/septim").HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public void The_manual_page_and_completions_come_and_go_with_the_program()
    {
        if (OperatingSystem.IsWindows()) return;
        var share = _directory.Write("home/.local/share/fish/vendor_completions.d/other.fish", "")[..^"/fish/vendor_completions.d/other.fish".Length];
        var (code, _, error) = Run("--from", Archive(), "--no-wire");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            ["bash-completion/completions/septim: completions bash", "fish/vendor_completions.d/septim.fish: completions fish", "man/man1/septim.1: man", "zsh/site-functions/_septim: completions zsh"],
            Directory.GetFiles(share, "*septim*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(file => $"{Path.GetRelativePath(share, file)}: {File.ReadAllText(file).Replace(">\n<", " ", StringComparison.Ordinal).Trim('<', '>', '\n')}"));

        Assert.Equal(0, Run("--uninstall").Code);
        Assert.EndsWith("other.fish", Assert.Single(Directory.GetFiles(share, "*", SearchOption.AllDirectories)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_share_folder_that_cannot_be_written_does_not_keep_the_program_from_being_wired()
    {
        if (OperatingSystem.IsWindows()) return;
        _directory.Write("home/.local/share", "a file");
        var (code, output, error) = Run("--from", Archive());
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("man/man1/septim.1 could not be written; everything else works without it\n", output, StringComparison.Ordinal);
        Assert.EndsWith("<install>\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_was_changed_is_refused()
    {
        if (OperatingSystem.IsWindows()) return;
        var archive = Archive();
        File.AppendAllText(archive, "x");
        var (code, output, error) = Run("--from", archive);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("is not what its checksum says", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists($"{Home}/.local"));
    }

    [Fact]
    public void An_archive_without_a_checksum_is_refused()
    {
        if (OperatingSystem.IsWindows()) return;
        var archive = Archive();
        File.Delete(archive + ".sha256");
        var (code, _, error) = Run("--from", archive);
        Assert.Equal(1, code);
        Assert.Contains("there is no checksum", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost/septim.tar.gz", "only https is trusted")]
    [InlineData("/nowhere/septim.tar.gz", "there is no such file")]
    public void What_cannot_be_trusted_or_found_is_refused_in_one_line(string from, string message)
    {
        if (OperatingSystem.IsWindows()) return;
        var (code, output, error) = Run("--from", from);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(message, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void No_wire_leaves_the_settings_and_uninstall_removes_the_program()
    {
        if (OperatingSystem.IsWindows()) return;
        var prefix = Path.Combine(_directory.Path, "opt dir");
        var (code, output, _) = Run("--from", Archive(), "--no-wire", "--prefix", prefix);
        Assert.Equal(0, code);
        Assert.DoesNotContain("<install>", output, StringComparison.Ordinal);
        Assert.True(File.Exists($"{prefix}/bin/septim"));

        (code, output, _) = Run("--uninstall", "--prefix", prefix, "--scope", "local");
        Assert.Equal((0, $"<uninstall>\n<--scope>\n<local>\nremoved {prefix}/bin/septim, its manual page and its completions\n"), (code, output));
        Assert.False(File.Exists($"{prefix}/bin/septim"));
    }

    [Fact]
    public void A_dry_run_puts_nothing_in_place()
    {
        if (OperatingSystem.IsWindows()) return;
        var (code, output, _) = Run("--from", Archive(), "--dry-run");
        Assert.Equal((0, $"would put septim 9.9.9 in {Home}/.local/bin/septim\n<install>\n<--dry-run>\n<--command>\n<{Home}/.local/bin/septim>\n"), (code, output));
        Assert.False(Directory.Exists($"{Home}/.local"));
    }

    [Theory]
    [InlineData("", "the .NET SDK 10 is missing; install it: ")]
    [InlineData("dotnet:echo '9.0.100 [/x]'", "the .NET SDK 10 is missing (found: 9.0.100 ); install it: ")]
    [InlineData("dotnet:echo '10.0.100 [/x]'", "a C toolchain (clang or gcc) is missing; install it: ")]
    [InlineData("dotnet:echo '10.0.100 [/x]'|gcc:exit 1", "gcc is there and cannot build a program")]
    public void A_missing_tool_is_one_line_that_says_what_to_install(string tools, string message)
    {
        if (OperatingSystem.IsWindows()) return;
        var bin = Path.Combine(_directory.Path, "tools");
        Directory.CreateDirectory(bin);
        foreach (var tool in (string[])["uname", "mktemp", "rm", "dirname", "grep", "cut", "tr", "sed"])
            File.CreateSymbolicLink(Path.Combine(bin, tool), File.Exists("/usr/bin/" + tool) ? "/usr/bin/" + tool : "/bin/" + tool);
        foreach (var tool in tools.Split('|', StringSplitOptions.RemoveEmptyEntries))
            WriteProgram(Path.Combine(bin, tool.Split(':')[0]), "#!/bin/sh\n" + tool.Split(':')[1] + "\n");
        var (code, output, error) = Run(bin, []);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(message, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void The_PowerShell_script_is_understood_by_PowerShell()
    {
        Parser.ParseFile(Path.Combine(Repository.Root, "install.ps1"), out var tokens, out var errors);
        Assert.Empty(errors);
        Assert.True(tokens.Length > 100);
    }

    private string Archive()
    {
        WriteProgram(_directory.Write("archive/septim", ""), Echo);
        var archive = _directory["septim-9.9.9.tar.gz"];
        using (var tar = Process.Start("tar", ["-czf", archive, "-C", _directory["archive"], "septim"])) tar.WaitForExit();
        File.WriteAllText(archive + ".sha256", $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(archive)))}  septim-9.9.9.tar.gz\n");
        return archive;
    }

    private static void WriteProgram(string path, string text)
    {
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private (int Code, string Output, string Error) Run(params string[] args) => Run("/usr/bin:/bin", args);

    private (int Code, string Output, string Error) Run(string path, string[] args)
    {
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(Repository.Root, "install.sh"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _directory.Path,
        };
        start.Environment.Clear();
        start.Environment["HOME"] = Home;
        start.Environment["PATH"] = path;
        start.Environment["TMPDIR"] = _directory.Path;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
