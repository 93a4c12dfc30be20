using System.Globalization;
using Septim.Hooks.Shell.Syntax;

namespace Septim.Hooks.Shell.Evaluation;

internal sealed partial class Evaluator
{
    private List<Redirect> Redirects(CommandNode node, Scope scope, Frame frame)
    {
        if (node.Redirects is null) return [];
        var all = new List<Redirect>(node.Redirects.Count);
        foreach (var redirect in node.Redirects)
        {
            var target = redirect.Operator switch
            {
                "<<" or "<<-" => _expander.Value(redirect.Body, scope, frame),
                "<<<" => _expander.Value(redirect.Target, scope, frame),
                _ => _expander.Target(redirect.Target, scope, frame),
            };
            var descriptor = redirect.Descriptor;
            if (redirect.Variable is { } variable)
            {
                if (redirect.Operator is ">&" or "<&" && target.Is("-")) continue;
                descriptor = _nextProcess--;
                scope.Set(variable, Variable.Of(Word.Of(descriptor.ToString(CultureInfo.InvariantCulture))));
            }
            _budget.Work(4);
            all.Add(new Redirect(descriptor, redirect.Operator, target));
            // Why: >&3 writes the file that 3 was opened for; rules should see that file.
            if (redirect.Operator == ">&" && target.Text is { } number && int.TryParse(number.TrimEnd('-'), CultureInfo.InvariantCulture, out var other)
                && scope.Output(other) is { } file) all.Add(new Redirect(descriptor, ">>", file));
        }
        return all;
    }

    private static Redirect[] Joined(List<Redirect> own, Frame frame) =>
        frame.Redirects.Length == 0 ? [.. own] : own.Count == 0 ? frame.Redirects : [.. own, .. frame.Redirects];

    private Frame Around(CommandNode node, Scope scope, Frame frame)
    {
        var redirects = Redirects(node, scope, frame.At(node.Excerpt) with { Segment = node.Segment });
        return Wire(redirects, scope, frame) with { Redirects = Joined(redirects, frame) };
    }

    /// <summary>The frame with input and output as these redirections connect them.</summary>
    private Frame Wire(List<Redirect> redirects, Scope scope, Frame frame)
    {
        foreach (var redirect in redirects)
        {
            if (redirect.Operator is "<" or "<>" or "<&" or "<<" or "<<-" or "<<<")
            {
                var feed = InputOf(redirect, scope);
                if (redirect.Descriptor == 0) frame = frame.Reading(feed);
                else scope.SetInput(redirect.Descriptor, feed);
            }
            if (redirect.Operator is "<" or "<<" or "<<-" or "<<<" or "<&") continue;
            if (redirect.Descriptor is 1 || redirect.Operator is "&>" or "&>>" || (redirect.Operator == ">&" && redirect.Writes))
            {
                frame = frame with { Output = OutputOf(redirect, frame.Output) };
            }
            else if (redirect.Descriptor > 2 && redirect.Writes) scope.SetOutput(redirect.Descriptor, redirect.Target);
        }
        return frame;
    }

    private Feed InputOf(Redirect redirect, Scope scope) => redirect.Operator switch
    {
        "<<<" => Feed.Of(Joined(redirect.Target, Word.Of("\n"))),
        "<<" or "<<-" => Feed.Of(redirect.Target),
        "<&" => redirect.Target.Text is { } number && int.TryParse(number.TrimEnd('-'), CultureInfo.InvariantCulture, out var other)
            ? scope.Input(other) ?? Feed.Inherited
            : Feed.Inherited,
        _ => FileFeed(redirect.Target, scope),
    };

    private static OutputKind OutputOf(Redirect redirect, OutputKind before)
    {
        if (redirect.Operator == ">&" && !redirect.Writes)
        {
            if (redirect.Target.Is("-")) return OutputKind.Discarded;
            return redirect.Target.Is("2") ? OutputKind.Shown : before;
        }
        var target = redirect.Target.Prefix;
        if (target == "/dev/null") return OutputKind.Discarded;
        if (target.StartsWith("/dev/tcp/", StringComparison.Ordinal) || target.StartsWith("/dev/udp/", StringComparison.Ordinal)) return OutputKind.Network;
        return target is "/dev/stdout" or "/dev/stderr" or "/dev/tty" or "/dev/fd/1" or "/dev/fd/2" ? before : OutputKind.File;
    }

    /// <summary>What a program gets that reads this file now.</summary>
    private Feed FileFeed(Word file, Scope scope)
    {
        foreach (var piece in file.Pieces)
        {
            if (piece is { Kind: PieceKind.Literal, From: { } from } && piece.Text.StartsWith("/dev/fd/", StringComparison.Ordinal)) return from;
        }
        if (file.FileKey is not { } text) return new Feed { Files = [file] };
        if (text == "/dev/null") return Feed.Nothing;
        if (Descriptor(text) is { } descriptor) return scope.Input(descriptor) ?? (_processes.TryGetValue(text, out var process) ? process : Feed.Inherited);
        var written = ShellPath.Tracked(scope.Directory, text) is { } path ? _files.At(path, _invocations.Count) : null;
        return written is null
            ? new Feed { Files = [file] }
            : Weighed(new Feed { Content = written.Content, From = written.From, Files = [.. written.Files, file] });
    }

    /// <summary>The number in <c>/dev/fd/3</c>, <c>/proc/self/fd/3</c>, or null.</summary>
    private static int? Descriptor(string path)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["/dev/fd/", "/proc/self/fd/", "/proc/thread-self/fd/", "/proc/$$/fd/"])
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(path.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        }
        return null;
    }

    /// <summary>An argument <c>/dev/fd/3</c> is what 3 was opened for, as the name of a process substitution is what it writes.</summary>
    private static void NameDescriptors(List<Word> words, Scope scope)
    {
        for (var i = 1; i < words.Count; i++)
        {
            if (words[i].FileName is not { } text || Descriptor(text) is not { } descriptor || scope.Input(descriptor) is not { } feed) continue;
            words[i] = new Word([new WordPiece(PieceKind.Literal, "/dev/fd/" + descriptor.ToString(CultureInfo.InvariantCulture), false) { From = feed }]);
        }
    }

    /// <summary>A compound's output behind its own redirections.</summary>
    private Feed Written(Feed output, Frame wired, Frame frame)
    {
        var own = wired.Redirects;
        var count = own.Length - frame.Redirects.Length;
        var redirects = new List<Redirect>(count);
        for (var i = 0; i < count; i++) redirects.Add(own[i]);
        return Written(output, wired, frame, redirects, null);
    }

    /// <summary>Notes what went into files; gives what is left for whoever reads this command's output.</summary>
    private Feed Written(Feed output, Frame wired, Frame frame, List<Redirect> redirects, Scope? scope)
    {
        foreach (var redirect in redirects)
        {
            if (!redirect.Writes || redirect.Descriptor is not (1 or -1) && redirect.Operator[0] != '&') continue;
            if (redirect.Target.FileKey is not { } text) continue;
            if (text.StartsWith("/dev/fd/", StringComparison.Ordinal)) { _processes[text] = output; continue; }
            if (ShellPath.Tracked(scope is null ? _setting.WorkingDirectory : scope.Directory, text) is not { } path) continue;
            NoteFile(path, output, redirect.Truncates, frame);
        }
        return wired.Output == frame.Output ? output : Feed.Nothing;
    }

    private void NoteFile(string path, Feed feed, bool replaces, Frame frame)
    {
        if (feed == Feed.Nothing && !replaces) return;
        _files.Note(_invocations.Count - 1, path, feed, replaces && (frame.Reach & (Reach.Condition | Reach.Loop)) == 0, !replaces);
    }
}
