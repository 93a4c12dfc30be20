namespace Septim.Hooks.Shell;

/// <summary>By which door code reaches its interpreter.</summary>
internal enum CodeOrigin
{
    /// <summary><c>-c code</c>, <c>eval code</c>.</summary>
    Argument,
    /// <summary>Standard input: a pipe, a here-document.</summary>
    Input,
    /// <summary>A script file named as operand, or <c>source file</c>, or the program file itself (<c>./x.sh</c>).</summary>
    File,
}
