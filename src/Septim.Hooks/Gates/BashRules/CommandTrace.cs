namespace Septim.Hooks.Gates.BashRules;

/// <summary><c>set -x</c>, <c>bash -x</c>: the shell prints every command with the values in it.</summary>
internal static class CommandTrace
{
    /// <summary>A command that is traced has a secret variable in it, or sets secrets from a file.</summary>
    public static bool ShowsSecret(RuleCase at)
    {
        if (Switch(at) != true) return false;
        foreach (var other in at.All)
        {
            if (!at.Work.Step()) return true;
            if (other.Invocation.Order <= at.Invocation.Order) continue;
            if (at.Name != "set" && Array.IndexOf(other.Invocation.Via, at.Invocation) < 0) continue;
            if (at.Name == "set" && other.Name == "set" && other.Invocation.Reach == at.Invocation.Reach && Switch(other) == false) return false;
            if (other.Name is "." or "source" && other.Arguments.Length > 0 && SecretFile.Is(other.Arguments[0], other.PlaceOf(other.Arguments[0]))) return true;
            foreach (var argument in other.Arguments)
            {
                if (SecretEcho.HoldsSecret(argument)) return true;
            }
        }
        return false;
    }

    /// <summary>True: switches the trace on; false: off; null: leaves it.</summary>
    private static bool? Switch(RuleCase at)
    {
        bool? on = null;
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            if (at.Arguments[i].Text is not ['-' or '+', _, ..] text || text == "--") break;
            if (text[1] == '-') continue;
            if (text.Contains('x', StringComparison.Ordinal)) on = text[0] == '-';
            if (!text.EndsWith('o')) continue;
            if (at.Argument(++i) == "xtrace") on = text[0] == '-';
        }
        return on;
    }
}
