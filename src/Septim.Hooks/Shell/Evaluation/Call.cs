namespace Septim.Hooks.Shell.Evaluation;

/// <summary>One program about to run: its words and everything around them.</summary>
internal sealed record Call(
    string Name,
    Word Program,
    Word[] Arguments,
    Assignment[] Assignments,
    List<Redirect> Redirects,
    Scope Scope,
    Frame Frame)
{
    /// <summary>The argument's text, or "" when there is none or it is unknown.</summary>
    public string Text(int index) => index < Arguments.Length ? Arguments[index].Text ?? "" : "";

    public bool Has(string argument)
    {
        foreach (var word in Arguments)
        {
            if (word.Is(argument)) return true;
        }
        return false;
    }

    public Word[] Rest(int from) => from >= Arguments.Length ? [] : Arguments[from..];
}
