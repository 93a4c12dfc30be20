namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Interactive clients with a command of their own that runs a shell: <c>\!</c>, <c>.shell</c>, <c>system</c>, <c>!</c>.</summary>
internal static class ClientEscapes
{
    /// <summary>Heads of a line that the rest of the line follows to a shell, or null when the program has none.</summary>
    private static string[]? Heads(string program) => program switch
    {
        "sqlite3" or "sqlite" or "litecli" or "duckdb" => [".shell ", ".system ", ".shel ", ".she ", ".sh ", ".syste ", ".syst ", ".sys ", ".sy ", ".output |", ".once |", ".o |", ".log |", ".read |", ".read '|", ".import '|", ".import \"|"],
        "psql" or "pgcli" or "vsql" or "cockroach" => ["\\!", "\\o |", "\\o|", "\\out |", "\\g |", "\\g|", "\\gx |", "\\w |", "\\w|", "\\write |"],
        "mysql" or "mariadb" or "mycli" => ["\\!", "system ", "\\P ", "pager "],
        "sqlplus" or "sqlcl" => ["host ", "ho ", "!", "$"],
        "sqlcmd" => [":!!", "!!"],
        "beeline" or "hive" => ["!sh ", "!"],
        "ftp" or "sftp" or "lftp" or "gnuplot" or "ed" or "dc" => ["!"],
        "mail" or "mailx" => ["~!", "~|", "!"],
        _ => null,
    };

    /// <summary>Finds them in the lines of a text that reaches the client.</summary>
    /// <param name="program">The client.</param>
    /// <param name="text">An argument or its input.</param>
    /// <param name="doors">Gets what is run.</param>
    public static void Find(string program, string text, Doors doors)
    {
        if (Heads(program) is not { } heads) return;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            if (doors.IsFull) return;
            var line = text.AsSpan(range).Trim();
            foreach (var head in heads)
            {
                if (!line.StartsWith(head, StringComparison.OrdinalIgnoreCase)) continue;
                doors.Add(Word.Of(line[head.Length..].ToString()));
                break;
            }
            // Why: mysql knows \! behind a statement as well, and psql's \copy names a program in quotes.
            var at = line.IndexOf("\\!");
            if (at > 0 && program is "mysql" or "mariadb" or "mycli" or "psql") doors.Add(Word.Of(line[(at + 2)..].ToString()));
            if (line.StartsWith("\\copy") && line.IndexOf("program", StringComparison.OrdinalIgnoreCase) is var from && from > 0
                && QuotedText.First(line[(from + 7)..]) is { } copied) doors.Add(Word.Of(copied));
        }
    }
}
