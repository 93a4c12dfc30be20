using System.Runtime.InteropServices;
using Septim.Hooks.Shell.Syntax;

namespace Septim.Hooks.Shell.Evaluation;

internal sealed partial class Evaluator
{
    private Feed Simple(SimpleNode node, Scope scope, Frame frame)
    {
        var outer = _expander.Choices;
        var choices = _expander.Choices = new Choices();
        var start = scope.HasChoices ? scope.Clone() : scope;
        var output = Once(node, scope, frame);
        // Every further combination of what its variables may hold starts from the same state; the results are joined.
        while (!_budget.IsSpent && choices.Next() && _budget.Expansion())
        {
            var again = start.Clone();
            _expander.Choices = choices;
            output = Feed.Union(output, Once(node, again, frame));
            scope.Become(Scope.Join(scope, again));
        }
        _expander.Choices = outer;
        return output;
    }

    private Feed Once(SimpleNode node, Scope scope, Frame frame)
    {
        if (!_budget.Command()) return Feed.Nothing;
        if (frame.Via.Length == 0 || node.Source.IsExact) frame = frame with { Segment = node.Segment };
        frame = frame.At(node.Excerpt) with { Node = node };
        if (node.Words.Count > 0 && node.Words[0].Bare is { } bare && scope.ExpandsAliases is not false
            && scope.Alias(bare) is { } alias && (scope.ExpandsAliases is true || alias.HoldsFor(node)))
        {
            var uncertain = scope.IsUncertain(bare);
            var aliased = Alias(node, bare, alias, uncertain ? scope.Clone() : scope, frame);
            if (!uncertain) return aliased;
        }
        var words = node.Words.Count > 1 && Builtins.Declares(node.Words[0].Bare)
            ? _expander.Declared(node.Words, scope, frame) : _expander.Expand(node.Words, scope, frame);
        var redirects = Redirects(node, scope, frame);
        var wired = Wire(redirects, scope, frame);
        if (scope.HasInputs) NameDescriptors(words, scope);
        var assignments = Assignments(node, scope, frame, words.Count == 0);
        Feed output;
        if (words.Count == 0)
        {
            // Why: `$(<file)` and `< file` as a whole pipeline stage pass the file on.
            var isCopy = node.Assignments is null && redirects.Count > 0 && redirects[0].Reads && frame.Output == OutputKind.Captured;
            output = isCopy ? wired.Input : Feed.Nothing;
            Emit(new Invocation
            {
                Name = "",
                Assignments = assignments,
                Redirects = Joined(redirects, frame),
                Directory = scope.Directory,
                Input = wired.Input,
                Output = wired.Output,
                Via = frame.Via,
                Reach = frame.Reach,
                IsRemote = frame.IsRemote,
                IsPrivileged = frame.IsPrivileged,
                IsGuess = frame.IsGuess,
                InBackground = frame.InBackground,
                Segment = frame.Segment,
                Excerpt = frame.Source,
            });
        }
        else
        {
            if (node.DeclaredArrays is not null) Arrays(node.DeclaredArrays, scope, frame);
            output = Invoke(CollectionsMarshal.AsSpan(words), assignments, redirects, scope, wired);
        }
        output = Written(output, wired, frame, redirects, scope);
        RunSinks(output, wired);
        return output;
    }

    private Feed Alias(SimpleNode node, string name, AliasText alias, Scope scope, Frame frame)
    {
        var rest = node.Source.Text[Math.Min(node.Words[0].End, node.End)..node.End];
        if (!_budget.CodeLevel(frame.CodeLevel + 1)) return Feed.Nothing;
        var text = alias.Text + rest;
        if (!_budget.Characters(text.Length)) return Feed.Nothing;
        var tree = Parser.Parse(new SourceText(text, frame.Segment, false), _budget);
        var inner = scope.Clone();
        inner.SetAlias(name, null);
        var output = Run(tree, inner, frame with { CodeLevel = frame.CodeLevel + 1, Reach = frame.Reach | Reach.Alias });
        inner.SetAlias(name, alias);
        scope.Become(inner);
        return output;
    }

    private Assignment[] Assignments(SimpleNode node, Scope scope, Frame frame, bool stay)
    {
        if (node.Assignments is null) return [];
        var all = new List<Assignment>(node.Assignments.Count);
        // Why: in `A=1 B=$A cmd` each assignment sees those before it, even when none of them stays.
        var seen = stay ? scope : scope.Clone();
        foreach (var assignment in node.Assignments)
        {
            if (assignment.Array is not null) { Arrays([assignment], seen, frame); continue; }
            var value = _expander.Value(assignment.Value, seen, frame);
            all.Add(new Assignment(assignment.Name, value, assignment.Append));
            if (assignment.Index is null) Assign(seen, assignment.Name, value, assignment.Append);
            else SetElement(seen, assignment.Name, _expander.Value(assignment.Index, seen, frame), value);
        }
        return [.. all];
    }

    private void Assign(Scope scope, string name, Word value, bool append = false, bool exported = false)
    {
        var before = scope.Find(name);
        if (before?.Reference is { } target && target != name)
        {
            name = target;
            before = scope.Find(name);
        }
        if (append)
        {
            value = Joined(before is { Values.Length: > 0 } ? before.Values[0] : before is null ? Variable.Unknown(name, true) : Word.Empty, value);
            _budget.Work(4 * value.Pieces.Length);
        }
        scope.Set(name, new Variable { Values = [value], IsExported = exported || before is { IsExported: true } });
    }

    private static Word Joined(Word first, Word second) =>
        first.Pieces.Length == 0 ? second : second.Pieces.Length == 0 ? first : new Word([.. first.Pieces, .. second.Pieces]);

    private void Arrays(List<AssignNode> arrays, Scope scope, Frame frame)
    {
        foreach (var array in arrays)
        {
            var elements = new List<(string, Word)>();
            if (array.Append && scope.Find(array.Name)?.Elements is { } before) elements.AddRange(before);
            foreach (var item in array.Array!)
            {
                if (item.Parts.Length > 0 && item.Parts[0] is { Kind: PartKind.Literal, Quoted: false } head && head.Text.StartsWith('[')
                    && _expander.Value(item, scope, frame).Text is { } text && text.IndexOf("]=", StringComparison.Ordinal) is var at and > 0)
                {
                    elements.Add((text[1..at], Word.Of(text[(at + 2)..])));
                    continue;
                }
                var words = new List<Word>();
                _expander.Expand(item, scope, frame, words);
                foreach (var word in words) elements.Add((elements.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), word));
            }
            _budget.Work(elements.Count);
            scope.Set(array.Name, new Variable { Values = elements.Count > 0 ? [elements[0].Item2] : [Word.Empty], Elements = elements });
        }
    }

    private void SetElement(Scope scope, string name, Word index, Word value)
    {
        var elements = new List<(string, Word)>(scope.Find(name)?.Elements ?? []);
        _budget.Work(elements.Count);
        var key = index.Text ?? "?";
        elements.RemoveAll(e => e.Item1 == key);
        elements.Add((key, value));
        scope.Set(name, new Variable { Values = [elements[0].Item2], Elements = elements });
    }

    /// <summary>A command substitution's value.</summary>
    public Word Substitute(WordPart part, Scope scope, Frame frame)
    {
        var feed = Run(part.Body!, scope.Clone(), frame with
        {
            Output = OutputKind.Captured,
            Redirects = [],
            Reach = frame.Reach | Reach.Substitution,
            Spawns = true,
        });
        if (feed.Content is { } content) return Trimmed(content, feed);
        var certain = feed.From.Length > 0 ? Folding.Certainty(feed.From[^1]) : PieceKind.Variable;
        return new Word([new WordPiece(certain == PieceKind.Number ? PieceKind.Number : PieceKind.Substitution, part.Text, part.Quoted)
        {
            From = feed,
            MayBeEmpty = certain == PieceKind.Variable,
        }]);
    }

    /// <summary>Without closing newlines, each piece with its origin.</summary>
    private static Word Trimmed(Word content, Feed feed)
    {
        var origin = feed.From.Length > 0 || feed.Files.Length > 0 ? feed : null;
        var pieces = new List<WordPiece>(content.Pieces.Length);
        for (var i = 0; i < content.Pieces.Length; i++)
        {
            var piece = content.Pieces[i];
            var isLast = i == content.Pieces.Length - 1;
            var text = isLast && !piece.IsUnknown ? piece.Text.TrimEnd('\n') : piece.Text;
            if (text.Length > 0 || piece.IsUnknown) pieces.Add(piece with { Text = text, From = piece.From ?? origin, Kind = piece.Kind == PieceKind.Glob ? PieceKind.Literal : piece.Kind });
        }
        return new Word([.. pieces]);
    }

    /// <summary>A process substitution's file name. What writes into a <c>&gt;( … )</c> runs first.</summary>
    public WordPiece Process(WordPart part, Scope scope, Frame frame)
    {
        var path = "/dev/fd/" + _nextProcess--.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var inner = frame with { Redirects = [], Reach = frame.Reach | Reach.ProcessSubstitution, Spawns = true };
        Feed? feed = null;
        if (part.Kind == PartKind.ProcessIn)
        {
            feed = Run(part.Body!, scope.Clone(), inner with { Output = OutputKind.Captured });
            _processes[path] = feed;
        }
        else _sinks.Add((path, part.Body!, scope.Clone(), inner));
        return new WordPiece(PieceKind.Literal, path, false) { From = feed };
    }

    private void RunSinks(Feed written, Frame frame)
    {
        if (_sinks.Count == 0) return;
        var sinks = _sinks.ToArray();
        _sinks.Clear();
        foreach (var (path, body, scope, inner) in sinks)
        {
            var feed = _processes.TryGetValue(path, out var direct) ? direct : frame.Input == Feed.Inherited ? written : Feed.Union(written, frame.Input);
            if (feed.Content is null && frame.Input.Content is not null && !_processes.ContainsKey(path)) feed = new Feed { Content = frame.Input.Content, From = feed.From, Files = feed.Files };
            Run(body, scope, inner.Reading(feed));
        }
    }
}
