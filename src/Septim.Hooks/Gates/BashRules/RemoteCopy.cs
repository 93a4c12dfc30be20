using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Files are copied onto system paths of another machine.</summary>
internal static class RemoteCopy
{
    public static readonly BashRule Rule = new("remote-copy", BashSeverity.High)
    {
        Reason = "it overwrites system files of another machine",
        Alternative = "scp x h:/tmp/",
        Denies =
        [
            "scp config.conf user@host:/etc/",
            "scp -r backup/ root@server:/",
            "scp -P 22 x h:/usr/bin/",
            "rsync -a dist/ h:/usr/share/app/",
            "scp x scp://root@h:22//etc/passwd",
            "scp x h:/tmp/../etc/passwd",
            "lftp -e 'mirror -R --delete . /www; quit' h",
        ],
        Asks = ["sftp h <<< 'rm /srv/x'"],
        Passes =
        [
            "scp file.txt user@host:~/documents/",
            "scp file.txt user@host:/home/user/",
            "scp x h:/tmp/",
            "scp x h:",
            "scp user@host:/etc/hosts .",
            "scp -P 22 user@host:/path/file .",
            "rsync -a src/ host:dst/",
            "rsync -an dist/ h:/etc/",
            "rsync -a dist/ h:/srv/app/",
            "scp file.txt /tmp/",
            "lftp -c 'mirror /pub ./pub' h",
        ],
        Judge = Judge,
    };

    private static readonly OptionTable Scp = new("c:D:F:i:J:l:o:P:S:X:");

    private static readonly OptionTable Rsync = new("e:f:B:T:M:@:", "rsh= rsync-path= exclude= include= filter= exclude-from= include-from= files-from= backup-dir= suffix= temp-dir= partial-dir= compare-dest= copy-dest= link-dest= log-file= password-file= port= bwlimit= timeout= chmod= chown= out-format= max-size= min-size= modify-window= dry-run list-only");

    private static BashFinding? Judge(RuleCase at)
    {
        OptionReading given;
        switch (at.Name)
        {
            case "scp" or "pscp": given = OptionReader.Read(at.Arguments, Scp); break;
            case "rsync": given = OptionReader.Read(at.Arguments, Rsync); if (given.Has("-n", "--dry-run", "--list-only")) return null; break;
            case "sftp" or "lftp" or "ftp" or "ncftp": return Session(at);
            default: return null;
        }
        if (given.Operands.Count < 2 || Target(given.Operands[^1].Shown) is not { } path) return null;
        if (path.Length == 0 || path[0] is '~' or '$') return null;
        var place = PathClass.Known(ShellPath.Absolute("/home/user", path), at.Setting, isRemote: true);
        return place.IsSystem && !IsDeployment(place.Path) ? BashFinding.Plain : null;
    }

    /// <summary>The commands of a transfer session, piped in or in an option: what they delete over there.</summary>
    private static BashFinding? Session(RuleCase at)
    {
        var script = at.Invocation.Input.Content?.Shown ?? "";
        for (var i = 0; i + 1 < at.Arguments.Length; i++)
        {
            if (at.Name == "lftp" && at.Arguments[i].Text is "-e" or "-c") script += "\n" + at.Arguments[i + 1].Shown;
        }
        BashFinding? found = null;
        foreach (var range in script.AsSpan().SplitAny('\n', ';'))
        {
            var line = script.AsSpan(range).Trim();
            var deletesTree = line.StartsWith("mirror ") ? line.Contains(" --delete", StringComparison.Ordinal) && !line.Contains("--dry-run", StringComparison.Ordinal)
                : line.StartsWith("rm -r") || line.StartsWith("rm -f") || line.StartsWith("mrm ") || line.StartsWith("mdelete ") || line.StartsWith("rmdir ");
            if (deletesTree) return new BashFinding(BashSeverity.High, "it deletes on another machine");
            if (line.StartsWith("rm ") || line.StartsWith("delete ")) found = new BashFinding(BashSeverity.Medium, "it deletes on another machine");
        }
        return found;
    }

    /// <summary>Where applications of one's own lie on a server: copying there is what a deployment does.</summary>
    private static bool IsDeployment(string path) =>
        (path.StartsWith("/srv/", StringComparison.Ordinal) || path.StartsWith("/opt/", StringComparison.Ordinal) || path.StartsWith("/var/www/", StringComparison.Ordinal)) && path.Length > 5;

    /// <summary>The path on the other machine, or null for a local target.</summary>
    private static string? Target(string operand)
    {
        if (operand.StartsWith("scp://", StringComparison.Ordinal) || operand.StartsWith("rsync://", StringComparison.Ordinal) || operand.StartsWith("sftp://", StringComparison.Ordinal))
        {
            var slash = operand.IndexOf('/', operand.IndexOf("://", StringComparison.Ordinal) + 3);
            if (slash < 0) return "";
            var path = operand[(slash + 1)..];
            // Why: the first part of an rsync URL names a module, not a directory.
            return operand[0] == 'r' ? null : path;
        }
        var colon = operand.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || operand.AsSpan(0, colon).Contains('/')) return null;
        if (colon == 1 && char.IsAsciiLetter(operand[0]) && operand.Length > 2 && operand[2] == '\\') return null;
        return operand[(colon + 1)..];
    }
}
