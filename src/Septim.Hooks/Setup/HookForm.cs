namespace Septim.Hooks.Setup;

/// <summary>How our hook is started, so that a missing, killed or slow binary blocks. See docs/decisions/0007-wiring-form.md.</summary>
internal enum HookForm
{
    /// <summary>Started without a shell, and <c>onFailure: "block"</c>. Clients from 2.1.295 on.</summary>
    Exec,

    /// <summary><c>septim hook || exit 2</c>, for clients that do not know <c>onFailure</c>.</summary>
    Shell,

    /// <summary>The shell form and <c>onFailure: "block"</c>: right whichever client reads it, at 1.5 ms more a call.</summary>
    ShellAndOnFailure,
}
