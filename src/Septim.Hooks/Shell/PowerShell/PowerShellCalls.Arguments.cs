using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>Looking arguments up by name, by an abbreviation that means it, or by place.</summary>
internal static partial class PowerShellCalls
{
    /// <summary>A parameter is given, in full or by any beginning that is long enough to mean it.</summary>
    private static bool Has(List<PowerShellArgument> arguments, string name)
    {
        foreach (var argument in arguments)
        {
            if (argument.IsParameter && Means(argument.Value.Text, name)) return true;
        }
        return false;
    }

    private static bool Means(string? given, string name) =>
        given is { Length: > 1 } && name.StartsWith(given[1..], StringComparison.OrdinalIgnoreCase) && (given.Length > 2 || name[0] is 'r' or 'f' or 'u');

    private static bool Switch(List<PowerShellArgument> arguments, string name)
    {
        foreach (var argument in arguments)
        {
            if (string.Equals(argument.Value.Text, name, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    private static CodeValue? Named(List<PowerShellArgument> arguments, params ReadOnlySpan<string> names)
    {
        for (var i = 0; i + 1 < arguments.Count; i++)
        {
            if (!arguments[i].IsParameter || arguments[i + 1].IsParameter) continue;
            foreach (var name in names)
            {
                if (Means(arguments[i].Value.Text, name)) return arguments[i + 1].Value;
            }
        }
        return null;
    }

    private static CodeValue? Positional(List<PowerShellArgument> arguments, string name, string other = "", params ReadOnlySpan<string> notThese)
    {
        if (Named(arguments, name) is { } named) return named;
        if (other.Length > 0 && Named(arguments, other) is { } second) return second;
        var values = Values(arguments, notThese);
        return values.Count > 0 ? values[0] : null;
    }

    /// <summary>The values without those of the named parameters.</summary>
    private static List<CodeValue> Values(List<PowerShellArgument> arguments, params ReadOnlySpan<string> notThese)
    {
        var values = new List<CodeValue>();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].IsParameter) { values.Add(arguments[i].Value); continue; }
            foreach (var name in notThese)
            {
                if (arguments[i].Value.Text is not { Length: > 2 } given || !Means(given, name)) continue;
                i++;
                break;
            }
        }
        return values;
    }
}
