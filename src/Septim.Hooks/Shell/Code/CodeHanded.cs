namespace Septim.Hooks.Shell.Code;

/// <summary>Functions that are handed on and called by somebody else: <c>map(os.remove, paths)</c>, <c>f.call(null, x)</c>, <c>send(:system, x)</c>.</summary>
internal static class CodeHanded
{
    /// <summary>The call that is really made, or null when this one hands nothing on.</summary>
    public static CodeSite? Of(CodeLanguage language, CodeSite call) => language switch
    {
        CodeLanguage.Python => Python(call),
        CodeLanguage.JavaScript => JavaScript(call),
        CodeLanguage.Ruby => Ruby(call),
        CodeLanguage.Php => Php(call),
        _ => null,
    };

    private static CodeSite? Python(CodeSite call)
    {
        var given = call.Arguments;
        switch (call.Leaf)
        {
            case "methodcaller()" when call.Callee.Items is [{ Text: { } method }, ..] held && given.At(0).Name is { Length: > 0 } owner:
                return With(call, new CodeValue { Name = owner + "." + method, Receiver = given.At(0) }, held[1..]);
            case "map" or "imap" or "imap_unordered" or "filter" or "starmap" or "map_async" when given.Count > 1: return With(call, given.At(0), [CodeFlow.ElementOf(given.At(1))]);
            // Why: with names alone partial makes the same function.
            case "partial" when given.Count == 1: return null;
            case "partial" or "submit" or "to_thread" or "register" or "call_soon" or "call_soon_threadsafe" or "run_sync" or "start_new_thread" or "callback" or "spawn" when given.Count > 0: return With(call, given.At(0), given.Positional[1..]);
            case "enter" or "enterabs" when given.Count > 2: return With(call, given.At(2), given.At(3, "argument").Items ?? []);
            case "run_in_executor" or "call_later" or "call_at" when given.Count > 1: return With(call, given.At(1), given.Positional[2..]);
            case "apply" or "apply_async" when given.Count > 0: return With(call, given.At(0), given.At(1, "args").Items ?? []);
            case "Thread" or "Process" or "Timer":
                var target = given.Named.TryGetValue("target", out var named) ? named : given.At(1, "function");
                return With(call, target, given.At(2, "args").Items ?? []);
            default: return null;
        }
    }

    private static CodeSite? JavaScript(CodeSite call)
    {
        var given = call.Arguments;
        switch (call.Leaf)
        {
            case "forEach" or "map" or "filter" or "some" or "every" or "find" or "flatMap" when call.IsMethod && given.Count > 0: return With(call, given.At(0), [CodeFlow.ElementOf(call.Receiver)]);
            case "then" or "finally" when given.Count > 0: return With(call, given.At(0), [call.Receiver]);
            case "call" when call.IsMethod && given.Count > 0: return With(call, call.Receiver, given.Positional[1..]);
            case "apply" when call.Name == "Reflect.apply": return With(call, given.At(0), given.At(2).Items ?? []);
            case "apply" when call.IsMethod && given.Count > 1: return With(call, call.Receiver, given.At(1).Items ?? []);
            case "setTimeout" or "setInterval" when given.Count > 2: return With(call, given.At(0), given.Positional[2..]);
            case "setImmediate" or "nextTick" or "queueMicrotask" when given.Count > 0: return With(call, given.At(0), given.Positional[1..]);
            default: return null;
        }
    }

    private static CodeSite? Ruby(CodeSite call)
    {
        var given = call.Arguments;
        switch (call.Leaf)
        {
            case "send" or "public_send" or "__send__" when given.At(0).Text is { Length: > 0 and < 64 } method && !CodeText.HasMark(method):
                var owner = call.IsMethod && call.Receiver.Name is { } name and not ("Kernel" or "Object" or "self") ? name + "." : "";
                return With(call, new CodeValue { Name = owner + method, Receiver = call.IsMethod ? call.Receiver : null }, given.Positional[1..]);
            case "call" or "()" or "yield" when call.IsMethod: return With(call, call.Receiver, given.Positional);
            case "each" or "map" when call.IsMethod && given.At(0).Text is { Length: > 0 and < 32 } message && call.Receiver.Is(CodeTraits.Path):
                return With(call, new CodeValue { Name = "." + message, Receiver = CodeFlow.ElementOf(call.Receiver) }, []);
            case "each" or "map" or "flat_map" or "select" or "each_entry" when call.IsMethod && given.Count > 0: return With(call, given.At(0), [CodeFlow.ElementOf(call.Receiver)]);
            default: return null;
        }
    }

    private static CodeSite? Php(CodeSite call)
    {
        var given = call.Arguments;
        switch (call.Leaf)
        {
            case "array_map" or "call_user_func" or "register_shutdown_function" or "iterator_apply" when Function(given.At(0)) is { } function:
                return With(call, function, call.Leaf == "array_map" ? [CodeFlow.ElementOf(given.At(1))] : given.Positional[1..]);
            case "array_walk" or "array_filter" when Function(given.At(1)) is { } function: return With(call, function, [CodeFlow.ElementOf(given.At(0))]);
            case "call_user_func_array" when Function(given.At(0)) is { } function: return With(call, function, given.At(1).Items ?? []);
            default: return null;
        }
    }

    private static CodeValue? Function(CodeValue value) => value.Text is { Length: > 0 and < 64 } name && !CodeText.HasMark(name) ? new CodeValue { Name = name } : null;

    private static CodeSite? With(CodeSite call, CodeValue function, IEnumerable<CodeValue> given)
    {
        // Why: a name by itself is a variable, and what it holds is not known.
        if (function.Name is not { Length: > 1 } || function.Text is not null || function.Is(CodeTraits.Free)) return null;
        var arguments = new CodeArguments();
        arguments.Positional.AddRange(given);
        foreach (var (name, value) in call.Arguments.Named) arguments.Named[name] = value;
        return new CodeSite(call.Text, call.Effects, function, arguments, call.Start, call.End);
    }
}
