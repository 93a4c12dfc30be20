using System.Buffers;
using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Files that SQL or a client's own commands write or read: <c>INTO OUTFILE</c>, <c>COPY … TO</c>, <c>ATTACH</c>, <c>\o</c>, <c>.output</c>.</summary>
internal static class SqlFiles
{
    /// <summary>Places of one kind that are looked at in one text.</summary>
    private const int MostHits = 8;

    /// <summary>From here on a text is searched once for all words together first.</summary>
    private const int LongText = 8_000;

    /// <summary>From the word to its path, and from a statement's head to its TO.</summary>
    private const int Farthest = 2_000;

    public static void Add(RuleCase at, List<string> texts, List<FileEffect> effects)
    {
        foreach (var text in texts)
        {
            if (text.Length < LongText || text.AsSpan().ContainsAny(Signs.Markers))
            {
                foreach (var marker in s_markers) Behind(at, text, marker, effects);
            }
            Lines(at, text, effects);
        }
    }

    private static readonly string[] s_markers = ["OUTFILE", "DUMPFILE", "lo_export", "ATTACH", " TO '", "writefile(", "readfile(", "read_text(", "read_blob(", "read_csv(", "read_csv_auto(", "read_json(", "read_json_auto(", "pg_read_file(", "load_file("];

    /// <summary>One pass for all of them, in a class of its own: to make the set costs more than to search a short text five times.</summary>
    private static class Signs
    {
        public static readonly SearchValues<string> Markers = SearchValues.Create(s_markers, StringComparison.OrdinalIgnoreCase);
    }

    private static void Behind(RuleCase at, string text, string marker, List<FileEffect> effects)
    {
        var from = text.IndexOf(marker, StringComparison.OrdinalIgnoreCase);
        for (var hit = 0; from >= 0 && hit < MostHits; hit++)
        {
            var end = from + marker.Length - (marker[^1] == '\'' ? 1 : 0);
            var open = text.AsSpan(end, Math.Min(Farthest, text.Length - end)).IndexOf('\'');
            if (open >= 0 && IsPath(text, from, end, open, marker))
            {
                var start = end + open + 1;
                var close = text.IndexOf('\'', start);
                if (close > start && !IsOfServer(text.AsSpan(start, close - start)))
                    FileEffects.AddOne(at, effects, marker == "ATTACH" ? FileEffectKind.Append : IsReader(marker) ? FileEffectKind.Read : FileEffectKind.Write, Word.Of(text[start..close]));
            }
            from = text.IndexOf(marker, end, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static bool IsReader(string marker) => marker[^1] == '(' && marker[0] != 'w';

    private static bool IsPath(string text, int from, int end, int open, string marker)
    {
        var between = text.AsSpan(end, open).Trim();
        if (marker[^1] == '(') return between.IsEmpty;
        if (marker == "lo_export") return between.StartsWith("(") && between.IndexOf(';') < 0;
        if (marker != " TO '") return between.IsEmpty || between.Equals("DATABASE", StringComparison.OrdinalIgnoreCase);
        var before = text.AsSpan(Math.Max(0, from - Farthest), Math.Min(from, Farthest));
        before = before[(before.LastIndexOf(';') + 1)..].Trim().TrimStart('\\');
        return before.StartsWith("COPY", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The folders that a server's packages make for such files.</summary>
    private static bool IsOfServer(ReadOnlySpan<char> path) => path.StartsWith("/var/lib/mysql-files/") || path.StartsWith("/var/lib/mysql/") || path.StartsWith("/var/lib/postgresql/") || path.StartsWith("/var/lib/clickhouse/");

    private static void Lines(RuleCase at, string text, List<FileEffect> effects)
    {
        var hits = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            // Why: most lines of a long text begin with a statement's verb.
            if (line.Length < 3 || !(line[0] is '\\' or '.' || (line[0], line[1]) is ('t', 'e') or ('s', 'p')) || hits > MostHits) continue;
            foreach (var head in (ReadOnlySpan<string>)["\\o ", "\\out ", "\\w ", "\\write ", "\\g ", "\\s ", "\\T ", "tee ", ".output ", ".once ", ".log ", ".backup ", ".save ", ".clone ", "spool "])
            {
                if (!line.StartsWith(head, StringComparison.Ordinal)) continue;
                var path = line[head.Length..].Trim();
                // Why: behind a bar stands a command, which the evaluator runs.
                if (path.TrimStart("'\"").StartsWith("|")) break;
                path = path[(path.LastIndexOf(' ') + 1)..].Trim("'\";");
                if (path.IsEmpty || path is "off" or "stdout") break;
                FileEffects.AddOne(at, effects, FileEffectKind.Write, Word.Of(path.ToString()));
                hits++;
                break;
            }
        }
    }
}
