namespace Septim.Hooks.Shell.Code;

/// <summary>The arguments of one call.</summary>
internal sealed class CodeArguments
{
    public List<CodeValue> Positional { get; } = [];

    public Dictionary<string, CodeValue> Named { get; } = [];

    public static CodeArguments Of(CodeValue only)
    {
        var arguments = new CodeArguments();
        arguments.Positional.Add(only);
        return arguments;
    }

    public int Count => Positional.Count;

    /// <summary>The positional argument, else the named one, else <see cref="CodeValue.Unknown"/>.</summary>
    public CodeValue At(int index, string? name = null) =>
        index < Positional.Count ? Positional[index]
        : name is not null && Named.TryGetValue(name, out var value) ? value
        : CodeValue.Unknown;

    /// <summary>A named option is set, here or in an object that is the last argument: <c>{recursive: true}</c>.</summary>
    public bool Has(string name)
    {
        if (Named.TryGetValue(name, out var value)) return value.Name is not ("False" or "false" or "nil" or "None");
        foreach (var argument in Positional)
        {
            if (argument.Items is null && argument.HasOn(name)) return true;
        }
        return false;
    }

    /// <summary>All origins of all arguments.</summary>
    public CodeValue Origins()
    {
        var all = CodeValue.Unknown;
        foreach (var value in Positional) all = CodeFlow.Mixed(all, CodeFlow.Origins(value));
        foreach (var value in Named.Values) all = CodeFlow.Mixed(all, CodeFlow.Origins(value));
        return all;
    }
}
