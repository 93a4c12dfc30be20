using System.Text;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Functions outside the shell that defined them: inherited by the shells it starts, and printed as text.</summary>
internal sealed partial class Evaluator
{
    // Bash's own names for exported functions in the environment (variables.c): BASH_FUNC_name%%.
    private const string ExportedPrefix = "BASH_FUNC_";
    private const string ExportedSuffix = "%%";

    /// <summary><c>export -f</c>, <c>declare -f</c> and their kin.</summary>
    /// <param name="call">The command.</param>
    /// <param name="exports">It exports them; otherwise it prints them.</param>
    private Feed Functions(Call call, bool exports)
    {
        var invocation = Emit(call);
        var text = new StringBuilder();
        var isKnown = true;
        foreach (var word in call.Arguments)
        {
            if (word.Text is not { Length: > 0 } name || name[0] is '-' or '+') continue;
            if (exports) call.Scope.Set(ExportedPrefix + name + ExportedSuffix, Variable.Of(Word.Of("() { …; }"), true));
            else if (call.Scope.Function(name) is { } function) text.Append(function.Excerpt.ToString()).Append('\n');
            else isKnown = false;
            if (!_budget.Text(text.Length)) break;
        }
        if (exports || !call.Frame.IsHeard) return Feed.Nothing;
        return isKnown && text.Length > 0 ? new Feed { Content = Word.Of(text.ToString()), From = [invocation] } : OutputOf(call, invocation);
    }

    /// <summary>An exported variable that stands for a function defines it in the shell that inherits it.</summary>
    private static void Inherit(Scope child, string variable, Scope parent)
    {
        if (!variable.StartsWith(ExportedPrefix, StringComparison.Ordinal) || !variable.EndsWith(ExportedSuffix, StringComparison.Ordinal)) return;
        var name = variable[ExportedPrefix.Length..^ExportedSuffix.Length];
        if (parent.Function(name) is { } function) child.Define(name, function);
    }

    /// <summary>A name with a subscript, as text: bash expands the subscript when it uses the name.</summary>
    private void Subscript(Word name, Call call)
    {
        if (name.Text is { } text && text.Contains('[', StringComparison.Ordinal)) Expand(text, call.Scope, call.Frame);
    }

    /// <summary>A text that is expanded once more, as in double quotes: what stands in its substitutions runs.</summary>
    internal void Expand(string text, Scope scope, Frame frame)
    {
        if (!text.Contains("$(", StringComparison.Ordinal) && !text.Contains('`', StringComparison.Ordinal)) return;
        if (!_budget.CodeLevel(frame.CodeLevel + 1) || !_budget.Characters(text.Length)) return;
        var word = Syntax.Parser.Quoted(new Syntax.SourceText(text, frame.Segment, false), _budget);
        _expander.Value(word, scope, frame with { CodeLevel = frame.CodeLevel + 1, Reach = frame.Reach | Reach.Code, Source = Excerpt.Of(text) });
    }
}
