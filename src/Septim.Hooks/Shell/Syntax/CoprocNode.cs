namespace Septim.Hooks.Shell.Syntax;

internal sealed class CoprocNode(SourceText source, int start, string name) : CommandNode(source, start)
{
    public string Name { get; } = name;

    public required CommandNode Body { get; init; }
}
