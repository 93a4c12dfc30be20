using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.Evaluation;

internal sealed partial class Evaluator
{
    /// <summary>Runs a program with its arguments, whoever asked for it: the shell itself or a wrapper.</summary>
    private Feed Invoke(ReadOnlySpan<Word> words, Assignment[] assignments, List<Redirect> redirects, Scope scope, Frame frame, bool functions = true)
    {
        if (words.Length == 0 || !_budget.Command() || !_budget.Depth(frame.Via.Length)) return Feed.Nothing;
        if (frame.Input == Feed.Inherited && scope.Input(0) is { } input) frame = frame.Reading(input);
        var name = ProgramName.Of(words[0], out var subcommand);
        if (!_budget.Work(2 * words.Length)) return Feed.Nothing;
        Word[] arguments = subcommand is null ? words[1..].ToArray() : [Word.Of(subcommand, false), .. words[1..]];
        var call = new Call(name, words[0], arguments, assignments, redirects, scope, frame);
        var isBare = words[0].Text is { } text && !text.Contains('/', StringComparison.Ordinal);
        if (functions && isBare && scope.Function(words[0].Text!) is { } function)
        {
            var output = Function(call with { Scope = scope.IsUncertain(words[0].Text!) ? scope.Clone() : scope }, function);
            if (!scope.IsUncertain(words[0].Text!)) return output;
        }
        if (scope.Find("hash " + name) is { Values: [var hashed] } && isBare && !(Builtins.Contains(name) && scope.Find("enable " + name) is null))
        {
            return Invoke([hashed, .. arguments], assignments, redirects, scope, frame, false);
        }
        Configured(call);
        return (isBare && scope.Find("enable " + name) is null ? Builtin(call) : null)
            ?? Unwrap(call)
            ?? Special(call)
            ?? Interpret(call)
            ?? Plain(call);
    }

    /// <summary>A program that runs nothing else that we know of.</summary>
    private Feed Plain(Call call)
    {
        var invocation = Emit(call);
        Guess(call, invocation);
        Openers(call, invocation);
        // Why: a whole command line in one word does not run, but whoever wrote it meant it to.
        if (call.Name.Contains(' ', StringComparison.Ordinal) && !call.Frame.IsGuess && call.Program.Text is { } line && !line.Contains('\\', StringComparison.Ordinal))
        {
            Code(call.Program, call.Scope.Clone(), Inside(call.Frame, invocation, Reach.Wrapper) with { IsGuess = true }, Reach.Wrapper);
        }
        var output = OutputOf(call, invocation);
        FileEffects(call, invocation, output);
        return output;
    }

    /// <summary>A program that with these options runs none of its arguments: <c>command -v rm</c>, <c>sudo -l</c>.</summary>
    private Feed Idle(Call call) => OutputOf(call, Emit(call));

    private Invocation Emit(Call call, CodeInput[]? code = null, string? directory = null)
    {
        var frame = call.Frame;
        var invocation = new Invocation
        {
            Name = call.Name,
            Program = call.Program,
            Arguments = call.Arguments,
            Assignments = call.Assignments,
            Redirects = Joined(call.Redirects, frame),
            // Why: the empty text stands for "somewhere that we do not know".
            Directory = directory is { Length: 0 } ? null : directory ?? call.Scope.Directory,
            Input = frame.Input,
            Output = frame.Output,
            Via = frame.Via,
            Reach = frame.Reach,
            IsRemote = frame.IsRemote,
            IsPrivileged = frame.IsPrivileged,
            InBackground = frame.InBackground,
            IsGuess = frame.IsGuess,
            Code = code ?? [],
            Segment = frame.Segment,
            Excerpt = frame.Source,
            Environment = call.Scope.Exported(),
        };
        Emit(invocation);
        return invocation;
    }

    private static Frame Inside(Frame frame, Invocation wrapper, Reach reach) =>
        frame with { Via = [.. frame.Via, wrapper], Reach = frame.Reach | reach, Redirects = [], InLoop = false, InFunction = false };

    private Feed Function(Call call, Syntax.FunctionNode function)
    {
        var frame = call.Frame;
        var running = frame.Calls?.Count(function) ?? 0;
        if (running > 0 && frame.Spawns && !_bombs.Contains(frame.Segment)) _bombs.Add(frame.Segment);
        // Why: a call inside itself may have other arguments; two rounds show what those do.
        if (running > 2) return Feed.Nothing;
        var depth = (frame.Calls?.Depth ?? 0) + 1;
        if (!_budget.Depth(depth)) return Feed.Nothing;
        var scope = call.Scope;
        var arguments = scope.Arguments;
        var locals = scope.Locals;
        var hidden = scope.Locals = [];
        scope.Arguments = call.Arguments;
        foreach (var assignment in call.Assignments) Assign(scope, assignment.Name, assignment.Value);
        var output = Run(function.Body, scope, frame with
        {
            Calls = new CallChain(function, frame.Calls, depth),
            Spawns = frame.Calls is not null && frame.Spawns,
            Reach = frame.Reach | Reach.Function,
            InFunction = true,
            Redirects = Joined(call.Redirects, frame),
        });
        scope.Arguments = arguments;
        for (var i = hidden.Count - 1; i >= 0; i--)
        {
            if (hidden[i].Before is { } before) scope.Put(hidden[i].Name, before);
            else scope.Forget(hidden[i].Name);
        }
        scope.Locals = locals;
        if (scope.Departure is Departure.Function or Departure.Loop) scope.Departure = Departure.None;
        return output;
    }

    /// <summary>Runs known text as shell code; what is not known in it stays unknown.</summary>
    private Feed Code(Word code, Scope scope, Frame frame, Reach reach)
    {
        var text = _holes.Text(code);
        if (text.Length == 0 || !_budget.CodeLevel(frame.CodeLevel + 1) || !_budget.Characters(text.Length)) return Feed.Nothing;
        var tree = Syntax.Parser.Parse(new Syntax.SourceText(text, frame.Segment, false), _budget);
        return Run(tree, scope, frame.At(Excerpt.Of(text)) with { CodeLevel = frame.CodeLevel + 1, Reach = frame.Reach | reach });
    }

    /// <summary>Runs what the code of another language would run.</summary>
    private void Foreign(CodeLanguage language, Word code, Call call, Frame inside, CodeSetting? setting = null)
    {
        if (!_budget.CodeLevel(inside.CodeLevel + 1)) return;
        var calls = new List<CodeCall>();
        CodeScanner.Scan(language, code, calls, _codeWork, setting);
        // Why: what PowerShell or cmd runs shares its directory and its environment.
        var shared = language is CodeLanguage.PowerShell or CodeLanguage.Cmd ? Child(call) : null;
        foreach (var found in calls)
        {
            if (!_budget.Work(8 * found.Words.Length)) return;
            if (setting is { IsLibrary: true } && Depends(found.Words)) continue;
            var frame = inside with { Source = Excerpt.Of(found.Source), CodeLevel = inside.CodeLevel + 1 };
            var child = shared ?? Child(call);
            child.Departure = Departure.None;
            if (found.IsShellText) Code(found.Words[0], child, frame with { IsTranslated = shared is not null }, Reach.Interpreter);
            else
            {
                // Why: what prints the interpreter's input prints the file that its redirection names.
                frame = frame with { Reach = frame.Reach | Reach.Interpreter };
                Invoke(Array.ConvertAll(found.Words, word => Known(word, child, inside.IsRemote)), [], found.ReadsInput ? call.Redirects : [], child, found.Input is { } fed ? frame.Reading(Feed.Of(fed)) : frame, false);
            }
        }
        if (code.Text is { } text) Imported(language, text, call, inside, setting);
    }

    /// <summary>Something of it is for a caller to say; the home directory and the environment are not.</summary>
    private static bool Depends(Word[] words)
    {
        foreach (var word in words)
        {
            foreach (var piece in word.Pieces)
            {
                if (piece.IsUnknown && piece.Variable is null && piece.Kind != PieceKind.Glob) return true;
            }
        }
        return false;
    }

    /// <summary>Variables of the environment that the command line itself set, as the code sees them, and the home directory.</summary>
    private Word Known(Word word, Scope scope, bool isRemote)
    {
        if (Array.TrueForAll(word.Pieces, piece => Value(piece, scope, isRemote) is null)) return word;
        var pieces = new List<WordPiece>();
        foreach (var piece in word.Pieces)
        {
            if (Value(piece, scope, isRemote) is { } value) pieces.AddRange(value.Pieces);
            else pieces.Add(piece);
        }
        return new Word([.. pieces]);
    }

    private Word? Value(WordPiece piece, Scope scope, bool isRemote)
    {
        if (piece.Variable is null) return null;
        if (piece.Variable == "HOME") return isRemote ? null : Word.Of(_setting.Home);
        return scope.Find(piece.Variable) is { Values: [{ Text: not null } value, ..] } ? value : null;
    }

    /// <summary>The state of a program that was started from here: exported variables and the directory, nothing else.</summary>
    private Scope Child(Call call)
    {
        var child = new Scope(_budget, call.Scope.Directory) { Zero = Expander.Foreign };
        _budget.Work(call.Scope.Variables.Count);
        foreach (var (name, variable) in call.Scope.Variables)
        {
            if (!variable.IsExported) continue;
            child.Set(name, variable.IsReadOnly ? variable with { IsReadOnly = false } : variable);
            Inherit(child, name, call.Scope);
        }
        foreach (var assignment in call.Assignments) child.Set(assignment.Name, Variable.Of(assignment.Value, true));
        return child;
    }

    private static Word Join(ReadOnlySpan<Word> words, int from = 0)
    {
        if (words.Length == from + 1) return words[from];
        var pieces = new List<WordPiece>();
        for (var i = from; i < words.Length; i++)
        {
            if (i > from) pieces.Add(new WordPiece(PieceKind.Literal, " ", false));
            pieces.AddRange(words[i].Pieces);
        }
        return new Word([.. pieces]);
    }

    /// <summary>An unknown program may run its arguments: they are shown to the rules as a guess.</summary>
    private void Guess(Call call, Invocation invocation)
    {
        if (call.Frame.IsGuess || call.Arguments.Length == 0 || call.Name.Length == 0 || Programs.RunsNothing(call.Name)) return;
        if (GuessedText(call) is { } code)
        {
            Code(code, call.Scope.Clone(), Inside(call.Frame, invocation, Reach.Wrapper) with { IsGuess = true }, Reach.Wrapper);
            return;
        }
        for (var i = 0; i < call.Arguments.Length - 1; i++)
        {
            if (call.Arguments[i].Text is not { } text || !Programs.IsWorthGuessing(text)) continue;
            Invoke(call.Rest(i), [], [], call.Scope.Clone(), Inside(call.Frame, invocation, Reach.Wrapper) with { IsGuess = true }, false);
            return;
        }
    }

    /// <summary><c>tool exec 'rm -rf x'</c>, <c>tool --cmd='rm -rf x'</c>: one word that reads as a command, where tools have the command that they run.</summary>
    private static Word? GuessedText(Call call)
    {
        // Why: whoever reads code was asked what it does with it already.
        if (Programs.ReadsCode(call.Name)) return null;
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            var word = call.Arguments[i];
            var head = word.Prefix;
            var equals = head.StartsWith('-') ? head.IndexOf('=', StringComparison.Ordinal) : -1;
            var before = equals > 0 ? head[..equals] : i > 0 ? call.Text(i - 1) : "";
            if (!CommandNames.IsOption(before) && (equals > 0 || !FollowsSubcommand(call, i))) continue;
            var text = equals > 0 ? word.From(equals + 1) : word;
            var start = text.Prefix.AsSpan().TrimStart();
            var end = start.IndexOf(' ');
            if (end > 0 && Programs.IsWorthGuessing(start[..end].ToString())) return text;
        }
        return null;
    }

    /// <summary>The word behind <c>exec</c>, or behind the options and the one name that follow it.</summary>
    private static bool FollowsSubcommand(Call call, int at)
    {
        for (var i = at - 1; i >= 0 && i >= at - 3; i--)
        {
            if (CommandNames.IsSubcommand(call.Text(i))) return true;
        }
        return false;
    }
}
