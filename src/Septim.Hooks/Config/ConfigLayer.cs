namespace Septim.Hooks.Config;

/// <summary>Where a value came from, in the order in which the layers are applied.</summary>
internal enum ConfigLayer
{
    Default,

    /// <summary><c>&lt;claude config&gt;/septim/septim.json</c>.</summary>
    User,

    /// <summary>A <c>SEPTIM_*</c> variable of the person or the CI job.</summary>
    Environment,

    /// <summary><c>.septim/septim.json</c> of the project: may only tighten.</summary>
    Project,

    /// <summary><c>septim budget raise</c>: a person's decision with an end.</summary>
    Raise,

    /// <summary>The machine's file: nothing above may be looser.</summary>
    Managed,
}
