namespace Septim.Hooks.Shell;

/// <summary>
/// Something that another language's code does, said in shell words so that the shell rules judge it.
/// Either a text for a shell (<c>os.system("…")</c>) or a program with its arguments: a real one
/// (<c>subprocess.run(["git", "push"])</c>) or the equivalent of a call (<c>shutil.rmtree(p)</c> is <c>rm -rf p</c>).
/// </summary>
/// <param name="IsShellText"><paramref name="Words"/> has one word: text for <c>sh -c</c>.</param>
/// <param name="Words">Program and arguments. Unknown arguments are unknown pieces.</param>
/// <param name="Source">The call as it stands in the code.</param>
internal sealed record CodeCall(bool IsShellText, Word[] Words, string Source)
{
    /// <summary>It reads the interpreter's own standard input.</summary>
    public bool ReadsInput { get; init; }

    /// <summary>What the code writes to its standard input.</summary>
    public Word? Input { get; init; }
}
