namespace Septim.Hooks.Commands;

/// <summary>
/// Options of a people's verb: <c>--name value</c>, <c>--name=value</c> and <c>--flag</c>. What is not listed is an error, so that a
/// typing error never passes for a wish.
/// </summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>What is neither an option nor its value, in order.</summary>
    public List<string> Rest { get; } = [];

    /// <param name="verb">For the message.</param>
    /// <param name="args">After the verb.</param>
    /// <param name="flags">Options without a value.</param>
    /// <param name="valued">Options with one.</param>
    /// <exception cref="HookFault">An option that is not listed, given twice, or without its value.</exception>
    public static Options Parse(string verb, ReadOnlySpan<string> args, string[] flags, string[] valued)
    {
        var options = new Options();
        for (var i = 0; i < args.Length; i++)
        {
            var arg = args[i];
            if (arg == "--")
            {
                options.Rest.AddRange(args[(i + 1)..]);
                return options;
            }
            if (!arg.StartsWith("--", StringComparison.Ordinal))
            {
                options.Rest.Add(arg);
                continue;
            }
            var equals = arg.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? arg[2..] : arg[2..equals];
            string value;
            if (Array.IndexOf(flags, name) >= 0 && equals < 0) value = "";
            else if (Array.IndexOf(valued, name) < 0) throw new HookFault($"unknown option {arg}; `septim {verb} --help` lists them");
            else if (equals >= 0) value = arg[(equals + 1)..];
            else if (i + 1 < args.Length) value = args[++i];
            else throw new HookFault($"--{name} wants a value; `septim {verb} --help` says which");
            if (!options._values.TryAdd(name, value)) throw new HookFault($"--{name} is given twice");
        }
        return options;
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary><c>--directory</c>, else where the person stands.</summary>
    /// <exception cref="HookFault">There is no such directory.</exception>
    public string Folder(CommandIo io)
    {
        var folder = Path.GetFullPath(this["directory"] ?? ".", io.WorkingDirectory);
        if (Has("directory") && !Directory.Exists(folder)) throw new HookFault($"--directory {folder} does not exist");
        return folder;
    }

    /// <exception cref="HookFault">The value is none of these.</exception>
    public string Choice(string name, string fallback, params ReadOnlySpan<string> choices)
    {
        var value = this[name] ?? fallback;
        if (!choices.Contains(value)) throw new HookFault($"--{name} is \"{value}\"; give one of {string.Join(", ", choices.ToArray())}");
        return value;
    }

    /// <exception cref="HookFault">There are words that no option takes.</exception>
    public void ThrowIfRest(string verb)
    {
        if (Rest.Count > 0) throw new HookFault($"\"{Rest[0]}\" is not understood; `septim {verb} --help` says what is");
    }
}
