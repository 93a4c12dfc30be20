using System.Text;
using Septim.Hooks.Audit;
using Septim.Hooks.Setup;

namespace Septim.Hooks.Commands;

/// <summary><c>septim audit --fix</c>: shows the diff, asks, backs up, writes. Never touches secrets, start-up files, CI, scripts or history.</summary>
internal static class AuditFix
{
    /// <returns>Whether anything was written.</returns>
    public static bool Apply(AuditLine line, AuditReport report, CommandIo io)
    {
        var plan = FixPlan.Of(report);
        if (plan.Count == 0)
        {
            io.Err.WriteLine("nothing that could be repaired safely was found");
            return false;
        }
        var context = new AuditContext(line.Options);
        foreach (var (path, (old, text)) in plan)
            io.Err.Write(context.Redactor.Clean(UnifiedDiff.Of(old is null ? "/dev/null" : path, path, old is null ? "" : Encoding.UTF8.GetString(old), Encoding.UTF8.GetString(text))));
        if (!line.Yes && !Agrees(io)) return false;
        foreach (var (path, (old, text)) in plan)
        {
            var backup = SettingsFile.Replace(path, old, text, line.Options.Now);
            io.Err.WriteLine(backup is null ? $"wrote {path}" : $"wrote {path}; the old text is in {backup}");
        }
        io.Err.WriteLine($"before: {report.Verdict}, {report.Total.Fail} fail; audited again:");
        return true;
    }

    private static bool Agrees(CommandIo io)
    {
        io.Err.Write("write these changes? [y/N] ");
        var answer = io.In.ReadLine();
        return answer?.Trim() is "y" or "Y" or "yes";
    }
}
