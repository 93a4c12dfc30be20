namespace Septim.Hooks.Shell;

/// <summary>The language of a text that reaches an interpreter.</summary>
internal enum CodeLanguage
{
    Shell,
    Python,
    JavaScript,
    Perl,
    Ruby,
    Php,
    Awk,
    PowerShell,
    Cmd,
    /// <summary>C, Go, Rust, Java and their like, whose comments begin with two slashes.</summary>
    Compiled,
    Other,
}
