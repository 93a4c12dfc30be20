using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Signals to every process, or to all of a user.</summary>
internal static class SysKillWide
{
    public static readonly BashRule Rule = new("sys-kill-wide", BashSeverity.High)
    {
        Reason = "it ends processes that are not of this session",
        Alternative = "kill \"$!\"",
        Denies =
        [
            "kill $(pgrep -u dev)",
            "kill -9 -1",
            "killall -9 -u me",
            "pkill -f .",
            "kill -KILL -- -1",
            "pkill -u dev",
            "kill -9 1",
            "killall5",
            "pkill -9 .",
            "skill -KILL -u me",
            "kill -9 $(ps aux | awk '{print $2}')",
        ],
        Passes =
        [
            "fuser -k 3000/tcp",
            "kill 1234",
            "pkill -f 'node server.js'",
            "kill -9 $PID",
            "kill -l",
            "killall node",
            "pkill -0 -f .",
            "kill -9 \"$(pgrep node)\"",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if (at.Name is "taskkill" or "stop-process") return at.HasArgument("*") || FiltersAll(at) || OfAllProcesses(at) ? BashFinding.Plain : EndsSession(at.Arguments);
        if (at.AsksForHelp) return null;
        return at.Name switch
        {
            "kill" => Kill(at),
            "pkill" or "skill" => Pkill(at),
            "killall" => Killall(at),
            "killall5" => BashFinding.Plain,
            "loginctl" => at.Argument(0) is "terminate-user" or "kill-user" or "kill-session" or "terminate-session" ? BashFinding.Plain : null,
            _ => null,
        };
    }

    /// <summary>Programs that a session runs in: the client itself, shells, the desktop, the first processes of a system.</summary>
    private static BashFinding? EndsSession(IEnumerable<Word> names)
    {
        foreach (var word in names)
        {
            if (word.Text is not { Length: > 1 and < 40 } name) continue;
            name = name.ToLowerInvariant();
            if (name.EndsWith(".exe", StringComparison.Ordinal)) name = name[..^4];
            if (NameList.Has("claude septim bash zsh fish systemd launchd loginwindow windowserver xorg gnome-shell plasmashell kwin_x11 kwin_wayland explorer svchost lsass winlogon csrss dwm wininit services", name))
                return new BashFinding(BashSeverity.Medium, "it ends what this session runs in");
        }
        return null;
    }

    /// <summary><c>taskkill /FI "PID gt 0"</c>.</summary>
    private static bool FiltersAll(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is { } text && (text.StartsWith("PID gt", StringComparison.OrdinalIgnoreCase) || text.StartsWith("PID ge", StringComparison.OrdinalIgnoreCase) || text.StartsWith("STATUS eq", StringComparison.OrdinalIgnoreCase) || text.StartsWith("USERNAME ", StringComparison.OrdinalIgnoreCase))) return true;
        }
        return false;
    }

    /// <summary><c>Get-Process | Stop-Process</c>, with nothing between and nobody named.</summary>
    private static bool OfAllProcesses(RuleCase at)
    {
        foreach (var source in at.Invocation.Input.From)
        {
            if (source.Name is "get-process" or "gps" && source.Arguments.Length == 0) return true;
        }
        return false;
    }

    private static BashFinding? Kill(RuleCase at)
    {
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            var text = at.Arguments[i].Text;
            if (text is "-l" or "-L" or "--list") return null;
            if (text is "-0" || (text is "-s" or "-n" && at.Argument(i + 1) is "0")) return null;
            if (text is "-s" or "-n") { i++; continue; }
            // Why: the first -1 of `kill -1 123` is the signal HUP; after a signal or `--` it is all processes.
            if (text == "-1" && (i > 0 || at.Arguments.Length == 1)) return BashFinding.Plain;
            if (text is "1") return InContainer(at) ? null : BashFinding.Plain;
            if (text is null && at.Arguments[i].Pieces is [{ Kind: PieceKind.Variable, Text: "PPID" } or { Variable: "PPID" }]) return new BashFinding(BashSeverity.Medium, "it ends what this session runs in");
            if (text is null && (ComesFromAllProcesses(at.Arguments[i]) || ComesFromAllOfUser(at.Arguments[i], at))) return BashFinding.Plain;
        }
        return null;
    }

    /// <summary><c>docker exec web kill -HUP 1</c>: there the first process is the container's own program.</summary>
    private static bool InContainer(RuleCase at)
    {
        var inside = false;
        foreach (var wrapper in at.Invocation.Via)
        {
            if (wrapper.Name is "ssh" or "autossh" or "mosh" or "nsenter") inside = false;
            else if (ContainerTool.Is(wrapper.Name) || ContainerTool.IsCompose(wrapper.Name) || wrapper.Name is "kubectl" or "oc") inside = at.Of(wrapper).HasArgument("exec");
        }
        return inside;
    }

    /// <summary><c>$(ps aux | awk …)</c> without a pattern, or the user's list of all.</summary>
    private static bool ComesFromAllProcesses(Word word)
    {
        foreach (var piece in word.Pieces)
        {
            if (piece.From is null) continue;
            var lists = false;
            foreach (var source in piece.From.From)
            {
                // Why: what is left without some is still all the others; `lsof -t /` names whoever has a file open.
                if (source.Name is "grep" && source.Arguments is [{ Text: "-v" }, ..]) continue;
                if (source.Name is "lsof" && source.Arguments is [.., { Text: "/" or "/home" or "/usr" or "/var" }]) return true;
                if (source.Name is "grep" or "pgrep" or "pidof" or "lsof" or "fuser" or "head" or "tail" or "sed") return false;
                if (source.Name is "awk" && source.Arguments.Length > 0 && source.Arguments[0].Text is { } script && script.Contains('/')) return false;
                lists |= source.Name == "ps";
            }
            if (lists) return true;
        }
        return false;
    }

    /// <summary><c>kill $(pgrep -u dev)</c>, <c>pgrep . | xargs kill</c>: what pgrep finds, pkill would end.</summary>
    private static bool ComesFromAllOfUser(Word word, RuleCase at)
    {
        foreach (var piece in word.Pieces)
        {
            if (piece.From is null) continue;
            foreach (var source in piece.From.From)
            {
                if (source.Name == "pgrep" && Pkill(at.Of(source)) is not null) return true;
            }
        }
        return false;
    }

    private static BashFinding? Pkill(RuleCase at)
    {
        var given = OptionReader.Read(at.Arguments, new OptionTable("d:g:G:P:s:t:u:U:F:fxvnoci", "signal= pgroup= group= parent= session= terminal= euid= uid= pidfile= full exact inverse newest oldest count ignore-case"));
        if (at.HasArgument("-0") || at.HasArgument("-l")) return null;
        if (given.Has("-v", "--inverse")) return BashFinding.Plain;
        if (given.Operands.Count == 0) return given.Has("-u", "-U", "--euid") || given.Has("--uid") ? BashFinding.Plain : null;
        return given.Operands[0].Text is { } pattern && pattern.AsSpan().IndexOfAnyExcept(".*^$+") < 0 ? BashFinding.Plain : EndsSession(given.Operands);
    }

    private static BashFinding? Killall(RuleCase at)
    {
        var given = OptionReader.Read(at.Arguments, new OptionTable("s:u:y:o:n:Z:egiIlqrvVw", "signal= user= younger-than= older-than= regexp"));
        if (given.Has("-l", "--list")) return null;
        if (given.Operands.Count == 0) return given.Has("-u", "--user") ? BashFinding.Plain : null;
        return given.Has("-r", "--regexp") && given.Operands[0].Text is { } pattern && pattern.AsSpan().IndexOfAnyExcept(".*^$+") < 0 ? BashFinding.Plain : EndsSession(given.Operands);
    }
}
