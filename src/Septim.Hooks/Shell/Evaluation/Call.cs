namespace Septim.Hooks.Shell.Evaluation;

/// <summary>One program about to run: its words and everything around them.</summary>
internal sealed record Call(
    string Name,
    Word Program,
    IReadOnlyList<Word> Arguments,
    IReadOnlyList<Assignment> Assignments,
    List<Redirect> Redirects,
    Scope Scope,
    Frame Frame)
{
    /// <summary>The argument's text, or "" when there is none or it is unknown.</summary>
    public string Text(int index) => index < Arguments.Count ? Arguments[index].Text ?? "" : "";

    public bool Has(string argument)
    {
        foreach (var word in Arguments)
        {
            if (word.Is(argument)) return true;
        }
        return false;
    }

    public IReadOnlyList<Word> Rest(int from)
    {
        if (from >= Arguments.Count) return [];
        var rest = new List<Word>(Arguments.Count - from);
        for (var i = from; i < Arguments.Count; i++) rest.Add(Arguments[i]);
        return rest;
    }
}
