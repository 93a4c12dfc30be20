namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Everything around a command that is not the shell's own state: where its bytes come from and go, and how it was reached.</summary>
internal sealed record Frame
{
    public Reach Reach { get; init; }

    public Invocation[] Via { get; init; } = [];

    public bool IsRemote { get; init; }

    public bool IsPrivileged { get; init; }

    public bool InBackground { get; init; }

    public bool IsGuess { get; init; }

    /// <summary>Between a function's entry and here a process was split off: recursion would multiply.</summary>
    public bool Spawns { get; init; }

    /// <summary>A loop of this shell is around: <c>break</c> leaves it. Without one it is an error, and the shell goes on.</summary>
    public bool InLoop { get; init; }

    /// <summary>Walked once for any number of rounds: what a variable holds here, it need not hold in the next.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>A function of this shell is around: <c>return</c> leaves it.</summary>
    public bool InFunction { get; init; }

    public Feed Input { get; init; } = Feed.Inherited;

    /// <summary>How far <c>read</c> has got in <see cref="Input"/>; shared by all that read the same input.</summary>
    public InputCursor Cursor { get; init; } = new();

    public OutputKind Output { get; init; }

    /// <summary>Redirections of the compounds around.</summary>
    public Redirect[] Redirects { get; init; } = [];

    public int CodeLevel { get; init; }

    /// <summary>The functions being called, innermost first.</summary>
    public CallChain? Calls { get; init; }

    public Segment Segment { get; init; }

    public Excerpt Source { get; init; } = Excerpt.None;

    /// <summary>The code is our translation of another language's; what stands in the command is <see cref="Source"/>, whatever is run of it.</summary>
    public bool IsTranslated { get; init; }

    /// <summary>The same at another place of the text.</summary>
    public Frame At(Excerpt source) => IsTranslated ? this : this with { Source = source };

    /// <summary>The command being run, where it is in the text.</summary>
    public Syntax.SimpleNode? Node { get; init; }

    /// <summary>Somebody uses what is written to standard output.</summary>
    public bool IsHeard => Output is OutputKind.Pipe or OutputKind.Captured or OutputKind.File;

    public Frame Reading(Feed input) => this with { Input = input, Cursor = new InputCursor() };
}
