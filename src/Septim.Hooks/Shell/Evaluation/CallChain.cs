using Septim.Hooks.Shell.Syntax;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>A function call and the calls around it. A function is its body, not its name: a name may get another body inside.</summary>
internal sealed record CallChain(FunctionNode Function, CallChain? Outer, int Depth)
{
    public int Count(FunctionNode function)
    {
        var count = 0;
        for (var call = this; call is not null; call = call.Outer)
        {
            if (ReferenceEquals(call.Function, function)) count++;
        }
        return count;
    }
}
