namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Task runners whose file this command line wrote itself, and programs that open an editor or a pager of its choice.</summary>
internal sealed partial class Evaluator
{
    /// <summary><c>just x</c>, <c>task x</c>, <c>foreman start</c>; null when the file is not of this command line.</summary>
    private Feed? Tasks(Call call)
    {
        var names = call.Name switch
        {
            "just" => "justfile Justfile .justfile",
            "task" or "go-task" => "Taskfile.yml Taskfile.yaml",
            _ => "Procfile Procfile.dev",
        };
        string? text = null;
        foreach (var range in names.AsSpan().Split(' ')) text ??= Written(names[range], call)?.Text;
        if (text is null || text.Length > LongestMakefile || call.Has("--list") || call.Has("-l") || call.Has("--dry-run") || call.Has("-n") || call.Has("--show") || call.Has("--summary")) return null;
        var invocation = Emit(call);
        var frame = Inside(call.Frame, invocation, Reach.Code);
        if (call.Name == "just") Rules(Tabbed(text), [.. call.Arguments], Child(call), frame);
        else Commands(text, call.Name is "task" or "go-task", Child(call), frame);
        return OutputOf(call, invocation);
    }

    /// <summary>A justfile as a makefile: its recipes may be indented by blanks, and have parameters.</summary>
    private static string Tabbed(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0) continue;
            if (lines[i][0] is ' ' or '\t') lines[i] = "\t" + lines[i].Trim();
            else if (lines[i].IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && lines[i].IndexOf(' ', StringComparison.Ordinal) is var blank && blank > 0 && blank < colon) lines[i] = lines[i][..blank] + lines[i][colon..];
        }
        return string.Join('\n', lines);
    }

    /// <summary>The command behind each name of a Procfile, and each command of a Taskfile.</summary>
    private void Commands(string text, bool isYaml, Scope scope, Frame frame)
    {
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (line.IsEmpty || line[0] == '#') continue;
            if (isYaml && line.StartsWith("- ")) line = line[2..].Trim();
            var colon = line.IndexOf(": ");
            if (colon > 0 && line[..colon].IndexOf(' ') < 0)
            {
                if (isYaml && line[..colon] is "desc" or "summary" or "version" or "dir" or "prefix" or "method" or "run" or "output" or "task") continue;
                line = line[(colon + 2)..].Trim();
            }
            else if (!isYaml) continue;
            if (!_budget.Expansion()) return;
            if (isYaml && line.Length > 1 && line[0] is '\'' or '"' && line[^1] == line[0]) line = line[1..^1];
            Code(Word.Of(line.ToString()), scope.Clone(), frame, Reach.Code);
        }
    }

    /// <summary><c>KUBE_EDITOR='cmd' kubectl edit x</c>: who sets such a variable in front of a program wants it opened.</summary>
    private void Openers(Call call, Invocation invocation)
    {
        foreach (var assignment in call.Assignments)
        {
            if (assignment.Name is not ("EDITOR" or "VISUAL" or "PAGER" or "BROWSER" or "KUBE_EDITOR" or "GH_EDITOR" or "GH_PAGER" or "GH_BROWSER" or "GLAB_EDITOR" or "SUDO_EDITOR" or "SYSTEMD_EDITOR" or "SYSTEMD_PAGER" or "PSQL_EDITOR" or "PSQL_PAGER" or "AWS_PAGER" or "BAT_PAGER" or "DELTA_PAGER" or "HGEDITOR" or "SVN_EDITOR" or "RSYNC_RSH" or "CVS_RSH" or "SVN_SSH" or "FZF_DEFAULT_COMMAND")) continue;
            // Why: one word is the name of a program, which opens what it is given.
            if (assignment.Value.Shown.Contains(' ', StringComparison.Ordinal)) Code(assignment.Value, Child(call), Inside(call.Frame, invocation, Reach.Code), Reach.Code);
        }
    }
}
