namespace Septim.Hooks.Shell.Syntax;

/// <summary>A redirection. A here-document's body comes later than the node: at the end of the line.</summary>
internal sealed class RedirectNode(int descriptor, string? variable, string op, WordNode target)
{
    /// <summary>As written or as the operator implies; -1 for <c>{name}</c> and <c>&amp;&gt;</c>.</summary>
    public int Descriptor { get; } = descriptor;

    /// <summary>The name in <c>{name}&gt;file</c>.</summary>
    public string? Variable { get; } = variable;

    public string Operator { get; } = op;

    /// <summary>The operand; for a here-document its delimiter.</summary>
    public WordNode Target { get; } = target;

    public WordNode? Body { get; set; }
}
