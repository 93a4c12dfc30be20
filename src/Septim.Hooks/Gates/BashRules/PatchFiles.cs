using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>The files that a patch changes, by its own headers, where its text is known: patch(1), git-apply(1).</summary>
internal static class PatchFiles
{
    private static readonly OptionTable s_patch = new("bcd:D:eEfF:g:i:lnNo:p:r:RstTuvx:Y:z:B:V:Z", "directory= input= output= strip= fuzz= get= ifdef= reject-file= prefix= suffix= dry-run batch force forward reverse unified context normal remove-empty-files");
    private static readonly OptionTable s_apply = new("p:C:RvqNz3", "directory= exclude= include= whitespace= build-fake-ancestor= check stat numstat summary cached index apply reject 3way reverse");

    /// <summary>patch: the operand or <c>-o</c>, else what the headers name.</summary>
    public static void Add(RuleCase at, List<FileEffect> effects)
    {
        var given = OptionReader.Read(at.Arguments, s_patch);
        if (given.Has("--dry-run")) return;
        if (given.Value("-o", "--output") is { } output)
        {
            FileEffects.AddOne(at, effects, FileEffectKind.Write, output);
            FileEffects.AddAll(at, effects, FileEffectKind.Read, given.Operands, 0, 1);
            return;
        }
        FileEffects.AddAll(at, effects, FileEffectKind.Append, given.Operands, 0, 1);
        if (given.Operands.Count > 0) return;
        // Why: without -p all folders of the name are dropped.
        var strip = int.TryParse(given.Value("-p", "--strip")?.Text, out var count) ? count : int.MaxValue;
        Changed(at, effects, Text(at, given.Value("-i", "--input")), strip, given.Value("-d", "--directory")?.Text);
    }

    /// <summary><c>git apply</c>; <c>--check</c> and the summaries change nothing, <c>--cached</c> only the index.</summary>
    public static void AddApplied(RuleCase at, GitCall git, List<FileEffect> effects)
    {
        var given = git.Read(s_apply);
        if (given.Has("--check", "--cached") || (given.Has("--stat", "--numstat", "--summary") && !given.Has("--apply"))) return;
        var strip = int.TryParse(given.Value("-p")?.Text, out var count) ? count : 1;
        var directory = given.Value("--directory")?.Text;
        if (given.Operands.Count == 0) Changed(at, effects, Text(at, null), strip, directory);
        foreach (var file in given.Operands) Changed(at, effects, Text(at, file), strip, directory);
    }

    /// <summary>The patch: of a file only what this command line wrote into it.</summary>
    private static string? Text(RuleCase at, Word? file) =>
        file is null || file.Is("-") ? at.Invocation.Input.Text : at.Reading.WrittenBefore(at.Invocation, file)?.Text;

    private static void Changed(RuleCase at, List<FileEffect> effects, string? text, int strip, string? directory)
    {
        if (text is null) return;
        int old = 0, added = 0;
        string? before = null;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!at.Work.Step()) return;
            // Why: within a hunk a line may look like a header.
            if (old > 0 || added > 0)
            {
                if (line.IsEmpty || line[0] == ' ') { old--; added--; }
                else if (line[0] == '-') old--;
                else if (line[0] == '+') added--;
                continue;
            }
            if (line.StartsWith("@@ -")) (old, added) = Counts(line);
            else if (line.StartsWith("--- ")) before = Name(line[4..]);
            else if (line.StartsWith("+++ "))
            {
                var after = Name(line[4..]);
                if (after == "/dev/null") Put(at, effects, FileEffectKind.Remove, before, strip, directory);
                else Put(at, effects, FileEffectKind.Append, after, strip, directory);
                before = null;
            }
            else if (line.StartsWith("rename from ")) Put(at, effects, FileEffectKind.MoveAway, Name(line[12..]), 0, directory);
            else if (line.StartsWith("rename to ")) Put(at, effects, FileEffectKind.Append, Name(line[10..]), 0, directory);
        }
    }

    private static void Put(RuleCase at, List<FileEffect> effects, FileEffectKind kind, string? name, int strip, string? directory)
    {
        if (name is null or "/dev/null") return;
        for (var i = 0; i < strip; i++)
        {
            var slash = name.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0) break;
            name = name[(slash + 1)..];
        }
        if (name.Length == 0) return;
        FileEffects.AddOne(at, effects, kind, Word.Of(directory is { Length: > 0 } && !name.StartsWith('/') ? directory.TrimEnd('/') + "/" + name : name));
    }

    /// <summary>A name ends where its date begins.</summary>
    private static string Name(ReadOnlySpan<char> rest)
    {
        var tab = rest.IndexOf('\t');
        return (tab < 0 ? rest : rest[..tab]).Trim().Trim('"').ToString();
    }

    /// <summary>How many lines of both sides a hunk has: <c>@@ -1,3 +1,4 @@</c>.</summary>
    private static (int Old, int Added) Counts(ReadOnlySpan<char> line)
    {
        var rest = line[4..];
        var plus = rest.IndexOf(" +");
        if (plus < 0) return (0, 0);
        var end = rest[(plus + 2)..].IndexOf(' ');
        return (Count(rest[..plus]), Count(end < 0 ? rest[(plus + 2)..] : rest.Slice(plus + 2, end)));
    }

    private static int Count(ReadOnlySpan<char> range)
    {
        var comma = range.IndexOf(',');
        return comma < 0 ? 1 : int.TryParse(range[(comma + 1)..], out var count) ? count : 0;
    }
}
