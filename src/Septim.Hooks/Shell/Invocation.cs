using Septim.Hooks.Shell.Evaluation;

namespace Septim.Hooks.Shell;

/// <summary>
/// One program (or builtin) that the command would run, after every wrapper, substitution, function and nested shell was
/// opened. Wrappers and interpreters are invocations of their own, before what they run. A loop's body appears once a round.
/// </summary>
internal sealed class Invocation
{
    /// <summary>Position in <see cref="ShellReading.Invocations"/>.</summary>
    public int Order { get; set; }

    /// <summary>
    /// The program by its plain name: no folder, no <c>.exe</c>, lower case for known tools spelt otherwise (<c>RM</c>,
    /// <c>GIT.EXE</c>); <c>git-reset</c> becomes <c>git</c> with <c>reset</c> as first argument. Empty when it is not known,
    /// and for a command made of assignments or redirections alone.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>The program word as expanded; null for assignments or redirections alone.</summary>
    public Word? Program { get; init; }

    public Word[] Arguments { get; init; } = [];

    /// <summary>Set for this command only, its wrappers' (<c>env A=1</c>) included; for assignments alone: set for the shell.</summary>
    public Assignment[] Assignments { get; init; } = [];

    /// <summary>Its own redirections, then those of the compounds around it, inside out.</summary>
    public Redirect[] Redirects { get; init; } = [];

    /// <summary>The directory it runs in, absolute and normalised; null when unknown (after <c>cd "$X"</c>, on another machine).</summary>
    public string? Directory { get; init; }

    /// <summary>What its standard input is.</summary>
    public Feed Input { get; init; } = Feed.Inherited;

    public OutputKind Output { get; init; }

    /// <summary>The wrappers and interpreters around it, the outermost first: <c>sudo bash -c 'rm x'</c> gives sudo, bash.</summary>
    public Invocation[] Via { get; init; } = [];

    public Reach Reach { get; init; }

    /// <summary>It runs on another machine or in a container: no path there is inside the project.</summary>
    public bool IsRemote { get; init; }

    /// <summary>It runs as another user: sudo, doas, su, pkexec.</summary>
    public bool IsPrivileged { get; init; }

    public bool InBackground { get; init; }

    /// <summary>
    /// These words stand as arguments of a program that we do not know (<c>mytool rm -rf /</c>): it may run them.
    /// A rule that would deny must ask.
    /// </summary>
    public bool IsGuess { get; init; }

    /// <summary>The text that becomes code here, when this is an interpreter.</summary>
    public CodeInput[] Code { get; init; } = [];

    /// <summary>Where it stands in the command; for nested code, where the code that holds it stands.</summary>
    public Segment Segment { get; init; }

    /// <summary>The command as it stands in its own text: in <c>sh -c 'rm x'</c> that is <c>rm x</c>.</summary>
    public string Source => Excerpt.ToString();

    /// <summary>Where <see cref="Source"/> stands.</summary>
    public Excerpt Excerpt { get; init; } = Excerpt.None;

    /// <summary>Exported variables at this point, prefix assignments not included.</summary>
    public IReadOnlyDictionary<string, Word>? Environment { get; init; }

    /// <summary>The value it sees of an environment variable that this command line set; null when it set none.</summary>
    public Word? Variable(string name)
    {
        for (var i = Assignments.Length - 1; i >= 0; i--)
        {
            if (Assignments[i].Name == name) return Assignments[i].Value;
        }
        return Environment is not null && Environment.TryGetValue(name, out var value) ? value : null;
    }

    public bool IsVia(string name)
    {
        foreach (var wrapper in Via)
        {
            if (wrapper.Name == name) return true;
        }
        return false;
    }

    public override string ToString()
    {
        var text = new System.Text.StringBuilder(Program?.Shown);
        foreach (var argument in Arguments) text.Append(' ').Append(argument.Shown);
        return text.ToString();
    }
}
