namespace Septim.Hooks.Shell.Code;

/// <summary>Calls that take names and values apart or put them together, and calls whose result has nothing of what they were given.</summary>
internal static class CodeShapes
{
    /// <summary>The result, or null when it is a call like any other.</summary>
    public static CodeValue? Of(CodeText text, CodeValue callee, CodeArguments arguments)
    {
        var on = callee.Receiver;
        var first = arguments.At(0);
        switch (callee.Leaf)
        {
            case "getenv" or "get_env" or "env" when arguments.Count > 0: return Or(CodeFlow.Variable(text, first), arguments.At(1));
            case "getenv" or "get_env": return new CodeValue { Traits = CodeTraits.Environment | CodeTraits.Mapping };
            case "get" or "fetch" or "pop" or "setdefault" or "dig" when on is not null && (CodeFlow.IsEnvironment(on) || on.Name is "Deno.env"): return Or(CodeFlow.Variable(text, first), arguments.At(1));
            case "get" or "fetch" or "pop" or "setdefault" or "dig" when on?.Fields is { } fields && first.Text is { } key && fields.TryGetValue(key, out var entry): return entry;
            // Why: whatever the code holds.
            case "locals" or "globals" or "get_defined_vars" when arguments.Count == 0: return new CodeValue { Traits = CodeTraits.Free };
            case "toObject" when on?.Name is "Deno.env": return new CodeValue { Traits = CodeTraits.Environment | CodeTraits.Mapping };
            case "keys" or "getOwnPropertyNames" or "ownKeys" when on is not null || arguments.Count > 0: return CodeFlow.NamesOf(Subject(on, arguments));
            case "array_keys" or "each_key": return CodeFlow.NamesOf(callee.Leaf == "array_keys" || on is null ? first : on);
            case "items" or "entries" or "to_a" or "each_pair" or "iteritems" or "pairs" or "toPairs" when IsSettings(Subject(on, arguments)): return CodeFlow.Shaped(Subject(on, arguments), CodeTraits.Pairs);
            case "values" or "array_values" when IsSettings(Subject(on, arguments)): return CodeFlow.Taken(Subject(on, arguments), CodeTraits.None);
            case "copy" or "to_h" or "to_hash" or "dict" or "fromEntries" or "Map" when IsSettings(Subject(on, arguments)) || Subject(on, arguments) is var pairs && pairs.Is(CodeTraits.Pairs | CodeTraits.Pair): return CodeFlow.Shaped(Subject(on, arguments), CodeTraits.Mapping);
            case "list" or "sorted" or "set" or "tuple" or "iter" or "enumerate" or "frozenset" or "join" when CodeFlow.IsSettings(first): return CodeFlow.NamesOf(first);
            case "split" or "partition" or "rsplit" or "splitn" when on is { HasOrigin: true } && first.Text is "=": return CodeFlow.Shaped(on, CodeTraits.Pair);
            case "explode" or "preg_split" when first.Text is "=" && arguments.At(1).HasOrigin: return CodeFlow.Shaped(arguments.At(1), CodeTraits.Pair);
            case "first" or "shift" or "head" when on?.Is(CodeTraits.Pair) == true: return CodeFlow.NamesOf(on);
            case "map" or "flatMap" or "collect" or "flat_map" or "filter_map" or "array_map" when Function(arguments) is { } function:
                return function.Is(CodeTraits.Pair) ? CodeFlow.Shaped(function, CodeTraits.Pairs) : CodeFlow.Taken(function, CodeTraits.None);
            case "forEach" or "each" or "array_walk" when Function(arguments) is not null: return CodeValue.Unknown;
            case "then" when Function(arguments) is { } after: return after;
            case "filter" or "slice" or "sort" or "concat" or "reversed" or "select" or "reject" or "take" or "drop" or "toSorted" when on is not null && on.Items is null && on.Text is null && IsShaped(on): return on;
            default:
                return (GivesNothing(callee.Leaf == "new" && on?.Name is not null ? on.Leaf : callee.Leaf) || callee.Name is "jwt.encode" || (callee.Is(CodeTraits.Module) && on is null)) && callee.Returns is null && !callee.Is(CodeTraits.Free) ? CodeValue.Unknown : null;
        }
    }

    /// <summary>A variable, else what stands for it: a path that is given so is that path.</summary>
    private static CodeValue Or(CodeValue variable, CodeValue otherwise) => variable.Text is null && otherwise.Text is not null ? otherwise.From(variable) : variable;

    private static bool IsShaped(CodeValue value) => value.Is(CodeTraits.Pairs | CodeTraits.Pair | CodeTraits.Mapping | CodeTraits.Names);

    private static CodeValue Subject(CodeValue? on, CodeArguments arguments) =>
        on is null || on.Name is "Object" or "Reflect" or "builtins" or "_" || (arguments.Count > 0 && on is { HasOrigin: false, Name: not null } && !CodeFlow.IsEnvironment(on)) ? arguments.At(0) : on;

    private static bool IsSettings(CodeValue value) => value.Is(CodeTraits.Pairs) || CodeFlow.IsSettings(value);

    private static CodeValue? Function(CodeArguments arguments)
    {
        foreach (var argument in arguments.Positional)
        {
            if (argument.Returns is { } given) return given;
        }
        return null;
    }

    /// <summary>Clients, connections and the like: they use what they are given and hold nothing to print.</summary>
    private static bool GivesNothing(string leaf)
    {
        if (leaf is "connect" or "create_engine" or "createClient" or "createPool" or "createConnection" or "from_url" or "client" or "resource" or "from_private_key_file" or "from_private_key" or "connect_to" or "initialize_app"
            or "createTransport" or "sign" or "login" or "authenticate" or "setup" or "configure" or "create_client" or "createServer" or "load_pem_private_key" or "createPrivateKey" or "load_dotenv" or "drive" or "init") return true;
        // Why: a class by its capital, but not the wrappers of texts and lists, nor what is thrown.
        return leaf.Length > 2 && char.IsAsciiLetterUpper(leaf[0]) && (char.IsAsciiLetterLower(leaf[1]) || char.IsAsciiDigit(leaf[1]) || leaf is "PDO" or "SMTP" or "SMTP_SSL" or "FTP" or "IMAP4_SSL")
            && leaf is not ("String" or "Array" or "Object" or "Set" or "Map" or "Buffer" or "Date" or "Number" or "Path" or "Template" or "Counter" or "OrderedDict" or "ChainMap" or "Box" or "Hash" or "Integer" or "Float" or "Proxy" or "Promise" or "Text" or "Blob" or "Pathname" or "Dumper"
                or "Response" or "StringIO" or "BytesIO" or "TextDecoder" or "TextEncoder" or "Uint8Array" or "Struct" or "OpenStruct" or "Table" or "Panel" or "Markdown" or "Syntax" or "Munch" or "SimpleNamespace" or "Namespace" or "DataFrame" or "Series" or "Exception" or "Thread" or "Process")
            && !leaf.EndsWith("Error", StringComparison.Ordinal) && !leaf.EndsWith("Exception", StringComparison.Ordinal) && !leaf.EndsWith("Exit", StringComparison.Ordinal) && !leaf.EndsWith("Parser", StringComparison.Ordinal) && !leaf.EndsWith("Reader", StringComparison.Ordinal);
    }
}
