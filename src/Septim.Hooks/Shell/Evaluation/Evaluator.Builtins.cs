using System.Globalization;

namespace Septim.Hooks.Shell.Evaluation;

internal sealed partial class Evaluator
{
    private static readonly OptionTable CdOptions = new("LPe@");

    /// <summary>The shell's own commands that change its state or run text; null for every other name.</summary>
    private Feed? Builtin(Call call)
    {
        var scope = call.Scope;
        switch (call.Name)
        {
            case "cd" or "chdir" or "pushd" or "popd":
                return ChangeDirectory(call);
            case var name when Builtins.Declares(name):
                return Declare(call);
            case "unset":
                foreach (var word in call.Arguments)
                {
                    if (word.Text is not { } name || name.StartsWith('-')) continue;
                    Subscript(word, call);
                    if (call.Text(0) == "-f") { scope.Define(name, null); continue; }
                    scope.Set(name, Variable.Unset);
                    if (call.Text(0) != "-v") scope.Define(name, null);
                }
                return Plain(call);
            case "set":
                return Set(call);
            case "shift":
                var count = int.TryParse(call.Text(0), CultureInfo.InvariantCulture, out var given) ? Math.Max(0, given) : 1;
                _budget.Work(scope.Arguments.Length);
                scope.Arguments = scope.Arguments[Math.Min(count, scope.Arguments.Length)..];
                return Plain(call);
            case "read":
                return ReadLine(call);
            case "mapfile" or "readarray":
                return MapLines(call);
            case "printf" when call.Text(0) == "-v" && call.Arguments.Length > 2:
                Emit(call);
                Subscript(call.Arguments[1], call);
                scope.Set(call.Text(1), Variable.Of(Folding.Printf(call.Arguments, 2) ?? Variable.Unknown(call.Text(1), true)));
                return Feed.Nothing;
            case "alias":
                foreach (var word in call.Arguments)
                {
                    if (word.Text is { } text && text.IndexOf('=') is var at and > 0) scope.SetAlias(text[..at], new AliasText(text[(at + 1)..], call.Frame.Node));
                }
                return Plain(call);
            case "unalias":
                foreach (var word in call.Arguments) scope.SetAlias(word.Text ?? "", null);
                return Plain(call);
            case "shopt":
                var on = call.Has("-s");
                if (call.Has("expand_aliases")) scope.ExpandsAliases = on;
                if (call.Has("lastpipe")) scope.LastPipeStays = on;
                return Plain(call);
            case "hash" when call.Text(0) == "-p" && call.Arguments.Length > 2:
                scope.Set("hash " + call.Text(2), Variable.Of(call.Arguments[1]));
                return Plain(call);
            case "enable" when call.Text(0) == "-n":
                for (var i = 1; i < call.Arguments.Length; i++) scope.Set("enable " + call.Text(i), Variable.Unset);
                return Plain(call);
            case "let":
                foreach (var word in call.Arguments)
                {
                    Subscript(word, call);
                    Increment(word.Text, scope);
                }
                return Plain(call);
            case "test" or "[" when call.Has("-v"):
                foreach (var word in call.Arguments) Subscript(word, call);
                return Plain(call);
            case "eval":
                return Eval(call);
            case "source" or ".":
                return Source(call);
            case "trap":
                return Trap(call);
            case "exec":
                return Exec(call);
            case "exit" or "return" or "break" or "continue":
                Emit(call);
                // Why: with wrong arguments or outside their place these are errors, and the shell goes on behind them.
                var leaves = call.Arguments.Length == 0 || (call.Arguments.Length == 1 && (call.Arguments[0].Text is not { Length: > 0 } status || status.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0));
                if (leaves && call.Name == "exit") scope.Departure = Departure.Shell;
                else if (leaves && call.Name == "return" && call.Frame.InFunction) scope.Departure = Departure.Function;
                else if (leaves && call.Name is "break" or "continue" && call.Frame.InLoop) scope.Departure = Departure.Loop;
                return Feed.Nothing;
            case "command" or "builtin":
                return Command(call);
            default:
                return null;
        }
    }

    private Feed Command(Call call)
    {
        var options = OptionReader.Read(call.Arguments, new OptionTable("pvV") { StopsAtOperand = true });
        if (options.Has("-v", "-V") || options.FirstOperand >= call.Arguments.Length) return Idle(call);
        var wrapper = Emit(call);
        return Invoke(call.Rest(options.FirstOperand), call.Assignments, call.Redirects, call.Scope, Inside(call.Frame, wrapper, Reach.Wrapper), false);
    }

    private Feed Exec(Call call)
    {
        var options = OptionReader.Read(call.Arguments, new OptionTable("cla:") { StopsAtOperand = true });
        var wrapper = Emit(call);
        if (options.FirstOperand >= call.Arguments.Length)
        {
            if (call.Frame.Input != Feed.Inherited) call.Scope.SetInput(0, call.Frame.Input);
            return Feed.Nothing;
        }
        // Why: what stands behind is read all the same; with execfail it runs when the program is not there.
        return Invoke(call.Rest(options.FirstOperand), call.Assignments, call.Redirects, call.Scope, Inside(call.Frame, wrapper, Reach.Wrapper), false);
    }

    private Feed ChangeDirectory(Call call)
    {
        var scope = call.Scope;
        var invocation = Emit(call);
        var options = OptionReader.Read(call.Arguments, CdOptions);
        var before = scope.Directory;
        var target = options.Operands.Count > 0 ? options.Operands[0].Text : null;
        if (call.Name == "popd" || target is "-") scope.Directory = scope.Before;
        else if (options.Operands.Count == 0 && call.Arguments.Length == 0)
        {
            scope.Directory = call.Name == "pushd" ? scope.Before : _expander.Lookup("HOME", null, scope)?.Text is { Length: > 0 } home ? home : _setting.Home;
        }
        else if (call.Text(0) == "-") scope.Directory = scope.Before;
        else if (options.Operands is [{ HasGlob: true } or { HasUnknown: true }, ..]) scope.Directory = SomeFolder(before, options.Operands[0]);
        else if (target is null || target.StartsWith('+')) scope.Directory = null;
        else if (target.Length > 0) scope.Directory = Resolved(call.Name is "cd" or "chdir" ? Searched(before, target, call) : ShellPath.Absolute(before, target));
        scope.Before = before;
        // Why: a directory that grows is a new text each time.
        if (scope.Directory is { } now) _budget.Text(now.Length);
        if (scope.Find("PWD") is not null) scope.Set("PWD", Variable.Of(scope.Directory is null ? Variable.Unknown("PWD", false) : Word.Of(scope.Directory)));
        return OutputOf(call, invocation);
    }

    /// <summary>Where <c>cd TARGET</c> leads when this command set CDPATH: its first folder that has the target. Null when that is not known.</summary>
    private string? Searched(string? directory, string target, Call call)
    {
        var here = ShellPath.Absolute(directory, target);
        if (target[0] == '/' || target is "." or ".." || target.StartsWith("./", StringComparison.Ordinal) || target.StartsWith("../", StringComparison.Ordinal)) return here;
        var list = call.Scope.Find("CDPATH") is { } variable ? variable.Values is [] ? Word.Empty : _expander.Lookup("CDPATH", null, call.Scope) : null;
        foreach (var assignment in call.Assignments)
        {
            if (assignment.Name == "CDPATH") list = assignment.Value;
        }
        if (list is null) return here;
        if (list.Text is not { } folders) return null;
        foreach (var folder in folders.Split(':'))
        {
            if (!_budget.Expansion()) return null;
            var path = ShellPath.Absolute(ShellPath.Absolute(directory, folder), target);
            if (path is not null && _setting.Probe?.Invoke(path) is not { Exists: false }) return path;
        }
        return here;
    }

    /// <summary>
    /// <c>cd packages/*</c>: some folder of the project, which is all that anybody needs to know of it. Null when it may be another place.
    /// </summary>
    private string? SomeFolder(string? directory, Word pattern)
    {
        foreach (var piece in pattern.Pieces)
        {
            // Why: a loop's variable holds a name that the glob in the loop's list stood for.
            if (piece.IsUnknown && (piece.Kind != PieceKind.Substitution || piece.From is not null || piece.Text.AsSpan().IndexOfAnyExcept("*?") >= 0)) return null;
        }
        if (ShellPath.Absolute(directory, pattern.Shown) is not { } path || pattern.Shown.Contains("..", StringComparison.Ordinal)) return null;
        var root = _setting.ProjectRoot;
        if (path.Length <= root.Length + 1 || !ShellPath.IsAtOrBelow(path, root)) return null;
        // Why: a glob that spells a leading dot may stand for .git, and one in square brackets for anything.
        return path.AsSpan(root.Length).Contains('[') || path.AsSpan(root.Length).Contains("/.", StringComparison.Ordinal) ? null : path;
    }

    /// <summary>Where a path really leads, when the caller knows it for a link.</summary>
    private string? Resolved(string? path) =>
        path is not null && _setting.Probe?.Invoke(path).LinkTarget is { } target ? target : path;

    private Feed Declare(Call call)
    {
        var exports = call.Name == "export";
        var references = false;
        var seals = call.Name == "readonly";
        foreach (var word in call.Arguments)
        {
            if (word.Text is not ['-', .. var flags] || !flags.Contains('f', StringComparison.Ordinal)) continue;
            return Functions(call, exports || flags.Contains('x', StringComparison.Ordinal));
        }
        foreach (var word in call.Arguments)
        {
            var head = word.Prefix;
            if (head.StartsWith('-') || head.StartsWith('+'))
            {
                exports |= head[0] == '-' && head.Contains('x', StringComparison.Ordinal);
                references |= head[0] == '-' && head.Contains('n', StringComparison.Ordinal) && call.Name != "export";
                seals |= head[0] == '-' && head.Contains('r', StringComparison.Ordinal);
                continue;
            }
            var at = head.IndexOf('=', StringComparison.Ordinal);
            if (call.Scope.Locals is not null && call.Name is "local" or "declare" or "typeset" && (at > 0 ? head[..at].TrimEnd('+') : word.Text) is { } hidden)
            {
                call.Scope.Locals?.Add((hidden, call.Scope.Find(hidden)));
            }
            // Why: of a name with a value only what stands before the sign may have a subscript.
            if (at <= 0 || head.AsSpan(0, at).Contains('[')) Subscript(word, call);
            if (at <= 0)
            {
                if (word.Text is { } name && exports && call.Scope.Find(name) is { } known) call.Scope.Set(name, known with { IsExported = true });
                else if (word.Text is { } plain && call.Scope.Find(plain) is null) call.Scope.Set(plain, exports ? new Variable { Values = [Variable.Unknown(plain, true)], IsExported = true } : Variable.Unset);
                if (seals) Seal(call.Scope, word.Text);
                continue;
            }
            var append = head[at - 1] == '+';
            var variable = head[..(append ? at - 1 : at)];
            var value = word.From(at + 1);
            if (references && value.Text is { } target) call.Scope.Set(variable, new Variable { Values = [Word.Of(target)], Reference = target });
            else Assign(call.Scope, variable, value, append, exports);
            if (seals) Seal(call.Scope, variable);
        }
        return Plain(call);
    }

    private static void Seal(Scope scope, string? name)
    {
        if (name is not null && scope.Find(name) is { } variable) scope.Set(name, variable with { IsReadOnly = true });
    }

    private Feed Set(Call call)
    {
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            var text = call.Arguments[i].Text ?? "";
            if (text is "-o" or "+o") { i++; continue; }
            if (text.Length > 1 && text[0] is '-' or '+' && text != "--") continue;
            call.Scope.Arguments = call.Rest(text is "--" or "-" ? i + 1 : i);
            break;
        }
        return Plain(call);
    }

    private Feed Eval(Call call)
    {
        var from = call.Text(0) == "--" ? 1 : 0;
        var code = Join(call.Arguments, from);
        var invocation = Emit(call, [new CodeInput(CodeLanguage.Shell, CodeOrigin.Argument, Feed.Of(code))]);
        return code.Pieces.Length == 0 ? Feed.Nothing : Code(code, call.Scope, Inside(call.Frame, invocation, Reach.Code), Reach.Code);
    }

    private Feed Source(Call call)
    {
        if (call.Arguments.Length == 0) return Plain(call);
        var feed = call.Arguments[0].Text is "/dev/stdin" or "/dev/fd/0" ? call.Frame.Input : FileFeed(call.Arguments[0], call.Scope);
        var invocation = Emit(call, [new CodeInput(CodeLanguage.Shell, CodeOrigin.File, feed)]);
        if (feed.Content is null) return Unknown(invocation);
        var before = call.Scope.Find("BASH_SOURCE");
        call.Scope.Set("BASH_SOURCE", Variable.Of(call.Arguments[0]));
        var output = Code(feed.Content, call.Scope, Inside(call.Frame, invocation, Reach.Code), Reach.Code);
        call.Scope.Set("BASH_SOURCE", before ?? Variable.Unset);
        return output;
    }

    private Feed Trap(Call call)
    {
        var from = call.Text(0) == "--" ? 1 : 0;
        if (call.Arguments.Length < from + 2 || call.Text(from) is "-" or "-l" or "-p" || call.Arguments[from].Is("")) return Plain(call);
        var code = call.Arguments[from];
        var invocation = Emit(call, [new CodeInput(CodeLanguage.Shell, CodeOrigin.Argument, Feed.Of(code))]);
        _traps.Add((code, Inside(call.Frame, invocation, Reach.Trap) with { Output = OutputKind.Shown }, call.Scope));
        return Feed.Nothing;
    }

    private static Feed Unknown(Invocation invocation) => new() { From = [invocation] };
}
