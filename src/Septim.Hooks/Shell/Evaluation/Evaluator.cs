using Septim.Hooks.Shell.Syntax;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>
/// Walks the syntax tree as bash would run it, with values that may be unknown, and notes every command it comes to.
/// Both sides of a branch are walked and their states joined; loops over known words run once a word.
/// </summary>
internal sealed partial class Evaluator
{
    private const int LongestPipeline = 32;

    private readonly Budget _budget = new();
    private readonly Holes _holes = new();
    private readonly Code.CodeWork _codeWork = new();
    private readonly ShellSetting _setting;
    private readonly Expander _expander;
    private readonly List<Invocation> _invocations = [];
    private readonly List<Segment> _bombs = [];
    private readonly FileTrail _files = new();
    private readonly Dictionary<string, Feed> _processes = [];
    private readonly List<(string Path, ListNode Body, Scope Scope, Frame Frame)> _sinks = [];
    private readonly List<(Word Code, Frame Frame, Scope Scope)> _traps = [];
    private int _nextProcess = 63;

    private Evaluator(ShellSetting setting)
    {
        _setting = setting;
        _expander = new Expander(this, _budget, _holes, setting);
    }

    public static ShellReading Read(string command, ShellSetting setting)
    {
        var evaluator = new Evaluator(setting);
        if (evaluator._budget.Characters(command.Length))
        {
            var source = SourceText.Whole(Holes.Clean(command));
            var tree = Parser.Parse(source, evaluator._budget);
            if (!evaluator._budget.IsSpent)
            {
                var scope = new Scope(evaluator._budget, setting.WorkingDirectory);
                evaluator.Run(tree, scope, new Frame { Segment = source.Outer, Source = Excerpt.Of(source.Text) });
                evaluator.RunTraps();
            }
        }
        return new ShellReading
        {
            Command = command,
            Invocations = [.. evaluator._invocations],
            Breach = evaluator._budget.Breach,
            Gap = evaluator._budget.Gap,
            ForkBombs = evaluator._bombs,
            Files = evaluator._files,
        };
    }

    /// <summary>Runs one node; gives what it writes to standard output, when <see cref="Frame.IsHeard"/>.</summary>
    private Feed Run(CommandNode node, Scope scope, Frame frame)
    {
        if (_budget.IsSpent || scope.Departure != Departure.None) return Feed.Nothing;
        switch (node)
        {
            case SimpleNode simple: return Simple(simple, scope, frame);
            case ListNode list: return List(list, scope, frame);
            case AndOrNode chain: return AndOr(chain, scope, frame);
            case PipelineNode pipeline: return Pipeline(pipeline, scope, frame);
            case FunctionNode function:
                Define(function, scope, frame);
                return Feed.Nothing;
            case CoprocNode coproc:
                Coproc(coproc, scope, frame);
                return Feed.Nothing;
        }
        var around = node.Redirects is null ? frame : Around(node, scope, frame);
        var written = node switch
        {
            GroupNode { IsSubshell: true } group => Run(group.Body, scope.Clone(), around with { Reach = around.Reach | Reach.Subshell }),
            GroupNode group => Run(group.Body, scope, around),
            IfNode branch => If(branch, scope, around),
            LoopNode loop => Loop(loop, scope, around),
            ForNode loop => For(loop, scope, around),
            CaseNode choice => Case(choice, scope, around),
            TestNode test => Test(test, scope, around),
            _ => Feed.Nothing,
        };
        return node.Redirects is null ? written : Written(written, around, frame);
    }

    private Feed List(ListNode list, Scope scope, Frame frame)
    {
        if (list.Items.Count == 1 && !list.Items[0].Background) return Run(list.Items[0].Command, scope, frame);
        List<Feed>? outputs = frame.IsHeard ? [] : null;
        foreach (var (command, background) in list.Items)
        {
            if (_budget.IsSpent || scope.Departure != Departure.None) break;
            var written = background
                ? Run(command, scope.Clone(), frame with { InBackground = true, Spawns = true, Reach = frame.Reach | Reach.Subshell })
                : Run(command, scope, frame);
            outputs?.Add(written);
        }
        return outputs is null ? Feed.Nothing : Weighed(Feed.Concat(outputs));
    }

    /// <summary>Bytes with many origins and pieces are work for whoever passes them on.</summary>
    private Feed Weighed(Feed feed)
    {
        // Why twice: an origin is looked up when it is joined, and copied again by who reads it.
        _budget.Work(2 * (feed.From.Length + feed.Files.Length) + (feed.Content?.Pieces.Length ?? 0));
        return feed;
    }

    private Feed AndOr(AndOrNode chain, Scope scope, Frame frame)
    {
        var before = scope.Directory;
        var first = Run(chain.Items[0], scope, frame);
        List<Feed>? outputs = frame.IsHeard ? [first] : null;
        // The states in which the chain so far succeeded and failed.
        var good = scope.Clone();
        var bad = scope.Clone();
        var moved = good.Directory != before;
        if (moved) bad.Directory = before;
        var inner = frame with { Reach = frame.Reach | Reach.Condition };
        for (var i = 0; i < chain.Operators.Count && !_budget.IsSpent; i++)
        {
            var and = chain.Operators[i];
            var start = and ? good : bad;
            if (start.Departure != Departure.None) continue;
            var next = start.Clone();
            var written = Run(chain.Items[i + 1], next, inner);
            outputs?.Add(written);
            if (and)
            {
                // Why: a literal cd is taken to succeed, so its failure counts only for what || runs then.
                bad = moved && i == 0 ? bad : Scope.Join(bad, next);
                good = next;
            }
            else
            {
                good = Scope.Join(good, next);
                bad = next;
            }
        }
        // Why: `mkdir b && cd b; make` is meant to go on in b; only a test in front leaves both ways open.
        if (!IsTest(chain.Items[0]) && !chain.Operators.Contains(false)) bad.Directory = good.Directory;
        scope.Become(Scope.Join(good, bad));
        return outputs is null ? Feed.Nothing : Weighed(Feed.Concat(outputs));
    }

    private static bool IsTest(CommandNode node) =>
        node is TestNode || (node is SimpleNode { Words: [var first, ..] } && first.Literal is "[" or "test" or "grep" or "command" or "which");

    private Feed Pipeline(PipelineNode pipeline, Scope scope, Frame frame)
    {
        var feed = frame.Input;
        var output = Feed.Nothing;
        for (var i = 0; i < pipeline.Stages.Count; i++)
        {
            var last = i == pipeline.Stages.Count - 1;
            // Why: each stage knows all stages before it; nobody writes pipelines where that matters.
            if (i > LongestPipeline && !_budget.Expansion()) break;
            var stage = frame with { Spawns = true, Output = last ? frame.Output : OutputKind.Pipe };
            if (i > 0) stage = stage.Reading(feed);
            // Why: what departs inside a stage ends that stage only.
            var inner = last && scope.LastPipeStays ? scope : scope.Clone();
            output = feed = Run(pipeline.Stages[i], inner, stage);
        }
        return output;
    }

    private Feed Test(TestNode node, Scope scope, Frame frame)
    {
        foreach (var word in node.Words)
        {
            var value = _expander.Value(word, scope, frame);
            if (node.IsArithmetic) Increment(value.Text, scope);
        }
        return Feed.Nothing;
    }

    /// <summary>A variable that arithmetic assigns to holds a number from now on.</summary>
    private static void Increment(string? expression, Scope scope)
    {
        if (expression is null) return;
        var text = expression.AsSpan().Trim().TrimStart("+-");
        var end = 0;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) end++;
        if (end == 0 || char.IsAsciiDigit(text[0])) return;
        var rest = text[end..].Trim();
        if (rest.Length == 0 && text.Length == expression.Length) return;
        if (rest.StartsWith("==") || !(rest.Length == 0 || rest.Contains('=') || rest.StartsWith("++") || rest.StartsWith("--"))) return;
        var name = text[..end].ToString();
        scope.Set(name, Variable.Of(new Word([new WordPiece(PieceKind.Number, "$" + name, false) { Variable = name }])));
    }

    private void Define(FunctionNode function, Scope scope, Frame frame)
    {
        scope.Define(function.Name, function);
        // Why: bash calls this one by itself, for any command that is not there.
        if (function.Name == "command_not_found_handle") Run(function.Body, scope.Clone(), frame with { Reach = frame.Reach | Reach.Function | Reach.Later });
    }

    private void Coproc(CoprocNode node, Scope scope, Frame frame)
    {
        var feed = Run(node.Body, scope.Clone(), frame with { Output = OutputKind.Pipe, InBackground = true, Spawns = true });
        var descriptor = _nextProcess--;
        scope.SetInput(descriptor, feed);
        var number = Word.Of(descriptor.ToString(System.Globalization.CultureInfo.InvariantCulture));
        scope.Set(node.Name, new Variable { Values = [number], Elements = [("0", number), ("1", number)] });
    }

    private void RunTraps()
    {
        // Why: traps run when their shell ends, with its values of that moment.
        for (var i = 0; i < _traps.Count && i < 16; i++)
        {
            var at = _traps[i].Scope.Clone();
            at.Departure = Departure.None;
            Code(_traps[i].Code, at, _traps[i].Frame, Reach.Trap);
        }
    }

    private void Emit(Invocation invocation)
    {
        invocation.Order = _invocations.Count;
        _invocations.Add(invocation);
    }
}
