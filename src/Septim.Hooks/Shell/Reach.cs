namespace Septim.Hooks.Shell;

/// <summary>On which ways the shell comes to a command; several at once for nested ones. 0: a plain top-level command.</summary>
[Flags]
internal enum Reach
{
    Plain = 0,
    Substitution = 1,
    ProcessSubstitution = 2,
    Function = 4,
    Loop = 8,
    Condition = 16,
    Subshell = 32,
    Alias = 64,
    Trap = 128,
    /// <summary>Text that reached a shell: <c>sh -c</c>, <c>eval</c>, a pipe into bash, ssh.</summary>
    Code = 256,
    /// <summary>A call found in the code of another language: <c>python -c</c>, <c>awk</c>.</summary>
    Interpreter = 512,
    /// <summary>A wrapper's argument words: <c>sudo</c>, <c>xargs</c>, <c>find -exec</c>.</summary>
    Wrapper = 1024,
    /// <summary>It runs later or elsewhere: cron, at, tmux, systemd-run, a git alias.</summary>
    Later = 2048,
}
