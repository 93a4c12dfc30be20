namespace Septim.Hooks.Shell.Evaluation;

/// <summary>A function call and the calls around it.</summary>
internal sealed record CallChain(string Name, CallChain? Outer, int Depth)
{
    public bool Holds(string name)
    {
        for (var call = this; call is not null; call = call.Outer)
        {
            if (call.Name == name) return true;
        }
        return false;
    }
}
