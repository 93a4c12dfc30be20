using System.ComponentModel;
using System.Diagnostics;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>
/// Starts a foreign hook as the client does, in a copy of the project with a fake home and no credentials, with a deadline and an output
/// cap. Only on request (<c>--run-hooks</c>); a command that fetches code is never run.
/// </summary>
internal sealed class HookProbe : IDisposable
{
    private const long MaxCopy = 64L << 20;
    private const int MaxOutput = 1 << 20;

    private readonly AuditContext _context;
    private readonly string _root = Directory.CreateTempSubdirectory("septim-probe-").FullName;

    public HookProbe(AuditContext context)
    {
        _context = context;
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory(Project);
        long total = 0;
        foreach (var file in context.Tree.Files.OrderByDescending(file => file.Relative.Starts(".claude/")))
        {
            if ((total += file.Bytes) > MaxCopy && !file.Relative.Starts(".claude/")) break;
            if (!file.Relative.Starts(".claude/") && context.Repository.Exists && !context.Repository.IsTracked(file.Path)) continue;
            var target = Path.Combine(Project, file.Relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file.Path, target);
        }
    }

    public string Home => Path.Combine(_root, "home");
    public string Project => Path.Combine(_root, "project");

    /// <returns>Exit code, null for a timeout or a program that does not start; stdout; stderr.</returns>
    public (int? ExitCode, string Output, string Errors) Run(WiredHook hook, byte[] payload)
    {
        var command = hook.Command.Replace(_context.Options.Project, Project, StringComparison.Ordinal);
        var start = new ProcessStartInfo
        {
            WorkingDirectory = Project,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            FileName = hook.Args is null ? "/bin/sh" : command,
        };
        if (hook.Args is null)
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(command);
        }
        else
            foreach (var argument in hook.Args) start.ArgumentList.Add(argument.Replace("${CLAUDE_PROJECT_DIR}", Project, StringComparison.Ordinal).Replace(_context.Options.Project, Project, StringComparison.Ordinal));
        var path = _context.Settings.Variable("PATH")?.Value ?? "/usr/local/bin:/usr/bin:/bin";
        start.Environment.Clear();
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
        [
            ("PATH", path), ("HOME", Home), ("USERPROFILE", Home), ("TMPDIR", _root), ("CLAUDE_PROJECT_DIR", Project), ("CLAUDECODE", "1"), ("LC_ALL", "C.UTF-8"),
        ]) start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            var output = Task.Run(() => ReadCapped(process.StandardOutput));
            var errors = Task.Run(() => ReadCapped(process.StandardError));
            Feed(process, payload);
            var deadline = TimeSpan.FromSeconds(Math.Min(hook.Timeout ?? 10, 10));
            if (!process.WaitForExit(deadline))
            {
                process.Kill(entireProcessTree: true);
                return (null, "", "ran out of time");
            }
            Task.WaitAll([output, errors], deadline);
            return (process.ExitCode, output.IsCompleted ? output.Result : "", errors.IsCompleted ? errors.Result : "");
        }
        catch (Win32Exception)
        {
            return (null, "", "cannot be started");
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (IOException)
        {
            // Why: a leftover in the temporary directory harms nobody.
        }
    }

    private static void Feed(Process process, byte[] payload)
    {
        try
        {
            process.StandardInput.BaseStream.Write(payload);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Why: a hook need not read its input.
        }
    }

    private static string ReadCapped(StreamReader reader)
    {
        var buffer = new char[MaxOutput];
        var read = reader.ReadBlock(buffer, 0, buffer.Length);
        return new string(buffer, 0, read);
    }
}
