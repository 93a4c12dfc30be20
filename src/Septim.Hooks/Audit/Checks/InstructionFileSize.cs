using System.Text;
using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Audit.Surroundings;
using static Septim.Hooks.Audit.ItemResult;

namespace Septim.Hooks.Audit.Checks;

/// <summary>17: what loads at each start is short.</summary>
internal static class InstructionFileSize
{
    private const int Target = 200;
    private const int Limit = 500;

    public static readonly AuditCheck Check = new(
        17, "instruction-file-size", Severity.Medium,
        "What loads at each start is short and about this project.",
        "Every line is paid for with every request, and long files are followed less. The documentation aims below 200 lines a file; imports count.",
        "Counts the lines that reach the model (block comments stripped by the client do not) of each instruction file with its imports, to four hops.",
        "Move domain detail to .claude/rules/x.md with paths:, to skills, or to nested CLAUDE.md files.",
        Judge);

    private static void Judge(AuditContext context, ItemResult item)
    {
        context.Settings.UsedBy(item);
        var excluded = context.Settings.List("claudeMdExcludes").Select(entry => entry.Text).ToList();
        var files = context.Instructions.Files.Where(file => file.IsMain && !IsExcluded(context, file, excluded)).ToList();
        if (files.Count == 0)
        {
            item.NotApplicable = "there is no instruction file";
            return;
        }
        long startLines = 0, startBytes = 0;
        foreach (var file in files)
        {
            if (file.Input.Status == InputStatus.Truncated)
            {
                item.Read(file.Path);
                item.Fail("skipped", "the file is larger than 4 MiB: the client skips it", new Place(file.Path), "size");
                continue;
            }
            if (item.Use(file.Input) is null) continue;
            var own = Imports.CountLines(Imports.Effective(file.Input.Text));
            var chain = new List<string> { file.Path };
            var (lines, bytes) = Count(context, item, file.Input, chain, 1);
            if (file.LoadsAtStart) (startLines, startBytes) = (startLines + lines, startBytes + bytes);
            var shown = context.Roots.Show(file.Path);
            var evidence = (KeyValuePair<string, string>[])[Said("own lines", $"{own}"), Said("with imports", $"{lines}"), Said("bytes", $"{bytes}"), Said("tokens, about", $"{bytes / 4}")];
            if (lines > Limit) item.Fail("over-limit", $"{shown} has {lines} lines with its imports; more than {Limit}", new Place(file.Path), shown, null, null, null, evidence);
            else if (lines > Target) item.Warn("over-target", $"{shown} has {lines} lines with its imports; the aim is at most {Target}", new Place(file.Path), shown, null, null, null, evidence);
            else item.Info("size", $"{shown}: {own} lines, {lines} with imports, {bytes} bytes, about {bytes / 4} tokens", new Place(file.Path), shown);
        }
        if (startLines > 1_000 || startBytes > 40_000)
            item.Warn("start-total", $"{startLines} lines ({startBytes} bytes) load at every start", subject: "start");
        item.Note = $"{Plural.Of(startLines, "line")} load{(startLines == 1 ? "s" : "")} at start";
    }

    private static (int Lines, long Bytes) Count(AuditContext context, ItemResult item, Input input, List<string> chain, int hop)
    {
        var text = Imports.Effective(input.Text);
        var lines = Imports.CountLines(text);
        long bytes = Encoding.UTF8.GetByteCount(text);
        foreach (var (target, offset) in Imports.Find(input.Text, target => File.Exists(Imports.Resolve(target, input.Path, context.Options.Home))))
        {
            var path = Imports.Resolve(target, input.Path, context.Options.Home);
            var place = input.At(offset);
            if (chain.Contains(path)) item.Warn("broken-import", $"@{target} imports in a circle", place, target, fix: FixProposal.Guided($"take @{target} out"));
            else if (hop > Imports.MaxHops) item.Warn("broken-import", $"@{target} lies deeper than {Imports.MaxHops} hops: it is not loaded", place, target, fix: FixProposal.Guided($"import @{target} from a file nearer to the first"));
            else
            {
                var imported = context.Inputs.Read(path);
                if (!imported.IsThere) item.Warn("broken-import", $"@{target} does not exist", place, target, fix: FixProposal.Guided($"write the file, or take @{target} out; a name that is no import stands in `backticks`"));
                else if (item.Use(imported) is not null)
                {
                    chain.Add(path);
                    var (more, weight) = Count(context, item, imported, chain, hop + 1);
                    chain.RemoveAt(chain.Count - 1);
                    (lines, bytes) = (lines + more, bytes + weight);
                }
            }
        }
        return (lines, bytes);
    }

    private static bool IsExcluded(AuditContext context, InstructionFile file, List<string> patterns)
    {
        foreach (var pattern in patterns)
            if (Words.Matches(file.Path, pattern) || Words.Matches(file.Path, pattern.Replace("**/", "*", StringComparison.Ordinal)) || Words.Matches(context.Roots.Show(file.Path), pattern)) return true;
        return false;
    }
}
