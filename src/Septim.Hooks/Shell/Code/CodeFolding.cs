using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Septim.Hooks.Shell.Code;

/// <summary>What calls, indexes and formats make of literal values.</summary>
internal static class CodeFolding
{
    /// <summary><c>'rm %s' % x</c>.</summary>
    public static CodeValue Format(CodeText text, CodeValue format, CodeValue values)
    {
        var parts = values.Items ?? [values];
        if (!text.Work.Fold(format.Text!.Length + Length(parts))) return format.With(null);
        var made = new StringBuilder();
        var next = 0;
        for (var i = 0; i < format.Text!.Length; i++)
        {
            var c = format.Text[i];
            if (c != '%' || i + 1 == format.Text.Length) { made.Append(c); continue; }
            i++;
            if (format.Text[i] == '%') { made.Append('%'); continue; }
            while (i < format.Text.Length - 1 && !char.IsAsciiLetter(format.Text[i])) i++;
            made.Append(next < parts.Length && parts[next].Text is { } known ? known : text.Unknown("value"));
            next++;
        }
        return format.With(made.ToString());
    }

    /// <summary>An index or slice; <c>[::-1]</c> turns a text round.</summary>
    public static CodeValue Index(CodeText text, CodeValue value, CodeArguments index, List<CodeToken> tokens, int start, int end)
    {
        var isReversal = end - start >= 3 && tokens[start].Kind == CodeTokenKind.Mark && tokens[end - 1].Text == "1" && tokens[end - 2].IsMark("-");
        if (isReversal && value.Text is { } known)
        {
            if (!text.Work.Fold(known.Length)) return value.With(null);
            var letters = known.ToCharArray();
            Array.Reverse(letters);
            return value.With(new string(letters));
        }
        if (value.Items is { } items && !value.Is(CodeTraits.AnyOf) && index.Count == 1
            && int.TryParse(index.At(0).Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var at))
        {
            if (at < 0) at += items.Length;
            if (at >= 0 && at < items.Length && end - start <= 2) return items[at];
        }
        // Why: Ruby's Dir["/etc/*"] is Dir.glob.
        if (value.Name is "Dir" && index.At(0).Text is not null) return CodePaths.Matches(index.At(0));
        if (value.Name is { } owner && owner.EndsWith(".__dict__", StringComparison.Ordinal) && index.At(0).Text is { } member)
            return new CodeValue { Name = owner[..^8] + member, Receiver = value };
        var at0 = index.At(0);
        if (value.Name is "plumbum.local" && at0.Text is { Length: < 64 } tool) return new CodeValue { Name = "plumbum.cmd." + tool };
        if (value.Fields is not null && at0.Text is { } key0 && value.Fields.TryGetValue(key0, out var entry)) return entry;
        if (value.Name is "$ENV" || CodeFlow.IsEnvironment(value)) return CodeFlow.Variable(text, at0);
        if (value.Items is { Length: > 0 })
        {
            if (!value.Is(CodeTraits.AnyOf)) return CodeFlow.ElementOf(value);
            return int.TryParse(at0.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? CodeFlow.At(value, place) : CodeFlow.Taken(value, CodeTraits.None);
        }
        if (value.Is(CodeTraits.Pair) && at0.Text is "0" && end - start <= 2) return CodeFlow.NamesOf(value);
        var isField = value.File is not null && at0.Text is { Length: > 0 } key && !char.IsAsciiDigit(key[0]) && key[0] != '-' && end - start <= 2;
        return new CodeValue
        {
            Traits = (value.Traits & (CodeFlow.Flowing | CodeTraits.Pairs)) | (isField ? CodeTraits.Field : CodeTraits.None),
            File = value.File,
            Url = value.Url,
            Variables = value.Variables,
            Name = value.Name is null ? null : value.Name + "[]",
            Receiver = value.Name is null ? value.Receiver : null,
        };
    }

    /// <summary>Ruby methods that need no brackets: <c>s.reverse</c>, <c>a.join</c>, <c>File.read(x).strip</c>.</summary>
    public static CodeValue? BareMethod(CodeText text, CodeEffects effects, CodeValue method)
    {
        // Why: a constant by its capital is a class of a module, not a method.
        if (method.Receiver is not { } receiver || (method.Leaf is [var head, ..] && char.IsAsciiLetterUpper(head))) return null;
        if (method.Name == "Dir.home") return CodePaths.Home(text);
        if (method.Name is "Dir.pwd" or "Dir.getwd") return CodeValue.Of(".");
        switch (method.Leaf)
        {
            case "shellescape": return ShellQuoting.Quoted(text, receiver);
            case "shelljoin": return ShellQuoting.Joined(text, receiver);
            case "children" or "entries" when receiver.Is(CodeTraits.Path): return CodePaths.Below(text, receiver).And(CodeTraits.Path);
            case "reverse" or "strip" or "chomp" or "to_s" or "read" or "body" or "downcase" or "split" or "join":
                return Call(text, method, new CodeArguments());
            case "unlink" or "delete" or "rmtree" or "rmdir" when receiver.Is(CodeTraits.Path):
                effects.Do(method.Leaf == "rmdir" ? "rmdir" : "rm", method.Leaf == "rmtree" ? "-rf" : "-f", receiver, 0, 0);
                return CodeValue.Unknown;
            case "delete" or "delete_all" or "destroy_all" or "truncate" or "drop" or "flushall" or "flushdb":
                CodeStores.Read(new CodeSite(text, effects, method, new CodeArguments(), 0, 0));
                return CodeValue.Unknown;
            default:
                return CodeFlow.Measures(method.Leaf) ? CodeValue.Unknown
                    : CodeShapes.Of(text, method, new CodeArguments()) ?? (receiver.Fields is not null || receiver.Items is not null ? CodeFlow.Taken(receiver, CodeTraits.None) is { HasOrigin: true } inside ? inside : null : null);
        }
    }

    /// <summary>A call that does nothing to the world, only to its values.</summary>
    public static CodeValue Call(CodeText text, CodeValue callee, CodeArguments arguments)
    {
        // Why: of a query these are links of a chain.
        if (CodeFlow.Measures(callee.Leaf)) return callee is { Leaf: "all" or "delete", Receiver: not null } ? new CodeValue { Receiver = callee } : CodeValue.Unknown;
        if (CodeShapes.Of(text, callee, arguments) is { } shaped) return callee.Is(CodeTraits.Module) && shaped.IsBare ? new CodeValue { Receiver = callee } : shaped;
        var made = Made(text, callee, arguments);
        // Why: whatever a call makes of its values, they are still in it.
        if (made.HasOrigin) return made;
        var origins = callee.Receiver is { } on ? CodeFlow.Origins(on) : CodeValue.Unknown;
        foreach (var argument in arguments.Positional) origins = CodeFlow.Mixed(origins, CodeFlow.Origins(argument));
        return origins.HasOrigin ? made.From(origins) : made;
    }

    private static CodeValue Made(CodeText text, CodeValue callee, CodeArguments arguments)
    {
        var receiver = callee.Receiver;
        var first = arguments.At(0);
        // Why: each of the calls below may copy what it is called on and what it is given, again and again.
        if (!text.Work.Fold((receiver?.Text?.Length ?? 0) + (receiver?.Items?.Length ?? 0) + Length(CollectionsMarshal.AsSpan(arguments.Positional)))) return CodeValue.Unknown;
        switch (callee.Leaf)
        {
            case "decode" or "encode" or "strip" or "trim" or "toString" or "read" or "text" or "lstrip" or "rstrip" or "chomp" or "to_s" or "body"
                or "as_posix" or "resolve" or "absolute" or "readlines" or "splitlines" or "json" or "string" or "freeze" or "getvalue" or "chars"
                or "trimEnd" or "trimStart" or "getPathname" or "getRealPath" or "getRealpath" or "squiggly" or "rstrip!" or "strip_heredoc" or "expandtabs"
                when receiver is not null:
                return receiver.Name is null || receiver.Traits != 0 || receiver.File is not null ? receiver : CodeValue.Mixed(receiver, arguments.Origins());
            case "str" or "bytes" or "String" or "repr" or "list" or "tuple" or "set" or "sorted" or "reversed" or "iter" or "Array" or "from" or "compile" or "loads" or "dedent" or "cleandoc" or "outdent"
                // Why the capital: `Array.from(x)` is x, `db.from('users')` is a query.
                when arguments.Count > 0 && callee.Name is not ("Buffer.from" or "bytes.fromhex") && (callee.Leaf != "from" || receiver is null or { Leaf: [>= 'A' and <= 'Z', ..] }):
                return first.Items is { } numbers && callee.Leaf is "bytes" ? Characters(numbers) : first;
            case "lower" or "toLowerCase" or "downcase" when receiver?.Text is { } mixed: return receiver.With(mixed.ToLowerInvariant());
            case "reverse" when receiver?.Text is { } forward:
                var letters = forward.ToCharArray();
                Array.Reverse(letters);
                return receiver.With(new string(letters));
            case "reverse" when receiver?.Items is { } items:
                var back = new List<CodeValue>(items);
                back.Reverse();
                return CodeValue.List([.. back]);
            case "strrev" when first.Text is { } forward:
                var turned = forward.ToCharArray();
                Array.Reverse(turned);
                return CodeValue.Of(new string(turned));
            case "split": return Split(receiver ?? CodeValue.Unknown, first);
            case "Fields" when callee.Name == "strings.Fields": return Split(first, CodeValue.Unknown);
            case "join" when receiver?.Text is { } with && first.Is(CodeTraits.AnyOf) && first.Items is [{ Items: not null }, ..] lists:
                return new CodeValue { Items = Array.ConvertAll(lists, list => Joined(text, list.Items ?? [list], with)), Traits = CodeTraits.AnyOf };
            case "join" when receiver is { Items: [{ Items: not null }, ..] lists } && receiver.Is(CodeTraits.AnyOf):
                return new CodeValue { Items = Array.ConvertAll(lists, list => Joined(text, list.Items ?? [list], first.Text ?? ",")), Traits = CodeTraits.AnyOf };
            case "implode" when arguments.At(1) is { Items: [{ Items: not null }, ..] lists } several && several.Is(CodeTraits.AnyOf):
                return new CodeValue { Items = Array.ConvertAll(lists, list => Joined(text, list.Items ?? [list], first.Text ?? "")), Traits = CodeTraits.AnyOf };
            case "join" when receiver?.Text is { } between && first.Items is { } parts: return Joined(text, parts, between);
            case "join" when receiver?.Items is { } parts: return Joined(text, parts, first.Text ?? (callee.Name == "join" ? "" : callee.Receiver?.Name is null ? "," : ""));
            case "implode" when arguments.At(1).Items is { } parts: return Joined(text, parts, first.Text ?? "");
            case "join" when receiver is { Name: null, Items: null } || callee.Name == "join": return arguments.Count > 1 ? Joined(text, [.. arguments.Positional[1..]], first.Text ?? "") : CodeValue.Mixed(CodeValue.Unknown, arguments.Origins());
            case "concat" when receiver?.Items is { } head && first.Items is { } tail: return CodeValue.List([.. head, .. tail]);
            case "concat" when receiver?.Text is { } start && first.Text is { } more: return receiver.With(start + more);
            case "replace" when receiver?.Text is { } whole && first.Text is { Length: > 0 } old && arguments.At(1).Text is { } fresh:
                if (!text.Work.Fold((long)whole.Length / old.Length * fresh.Length)) return receiver.With(null);
                return receiver.With(whole.Replace(old, fresh, StringComparison.Ordinal));
            case "format" when receiver?.Text is { } pattern: return receiver.With(Fill(text, pattern, arguments));
            case "chr" or "fromCharCode" or "fromCodePoint" when arguments.Count > 0: return Characters([.. arguments.Positional]);
            case "sprintf" when first.Text is not null: return Format(text, first, CodeValue.List([.. arguments.Positional[1..]]));
            case "fromhex" or "unhexlify": return Decoded(first, isHex: true);
            case "b64decode" or "urlsafe_b64decode" or "standard_b64decode" or "decode64" or "strict_decode64" or "urlsafe_decode64" or "decode_base64"
                or "base64_decode" or "atob" or "b85decode" or "b32decode" or "decodebytes" or "decompress" or "gzinflate" or "gunzipSync" or "inflateSync" or "str_rot13":
                return callee.Leaf is "b85decode" or "b32decode" or "decompress" or "gzinflate" or "gunzipSync" or "inflateSync" or "str_rot13"
                    ? new CodeValue { Traits = CodeTraits.Decoded, File = first.File }
                    : Decoded(first, isHex: false);
            case "from" when callee.Name == "Buffer.from":
                return arguments.At(1).Text switch { "hex" => Decoded(first, isHex: true), "base64" or "base64url" => Decoded(first, isHex: false), _ => first.Items is { } octets ? Characters(octets) : first };
            case "pack" when receiver?.Items is { } codes && first.Text is { } how && how.StartsWith('C'): return Characters(codes);
            case "pack" when first.Is("H*"): return Decoded(arguments.At(1), isHex: true);
            case "dict" or "str" or "json.dumps" or "dumps" or "stringify" or "urlencode" or "items" or "to_h" or "inspect" or "b64encode" or "encode64" or "base64_encode":
                return CodeValue.Mixed(receiver ?? CodeValue.Unknown, arguments.Origins());
            default:
                var origins = CodeValue.Mixed(receiver is { Name: null } or { Traits: not 0 } ? receiver : CodeValue.Unknown, arguments.Origins());
                return new CodeValue { Traits = origins.Traits, File = origins.File, Url = origins.Url, Variables = origins.Variables, Receiver = callee };
        }
    }

    private static bool Is(this CodeValue value, string text) => value.Text == text;

    /// <summary>Units of the texts and elements of the lists.</summary>
    private static long Length(ReadOnlySpan<CodeValue> values)
    {
        long length = values.Length;
        foreach (var value in values) length += (value.Text?.Length ?? 0) + (value.Items?.Length ?? 0) + (value.Fields?.Count ?? 0);
        return length;
    }

    private static CodeValue Joined(CodeText text, CodeValue[] parts, string between)
    {
        if (!text.Work.Fold(Length(parts) + (long)parts.Length * between.Length)) return CodeValue.Unknown;
        var joined = new StringBuilder();
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0) joined.Append(between);
            joined.Append(parts[i].Text ?? text.Unknown("value"));
        }
        return CodeValue.Of(joined.ToString());
    }

    private static CodeValue Split(CodeValue value, CodeValue separator)
    {
        if (value.Is(CodeTraits.AnyOf) && value.Items is { } choices) return new CodeValue { Items = Array.ConvertAll(choices, choice => Split(choice, separator)), Traits = CodeTraits.AnyOf }.From(value);
        if (value.Text is not { } whole) return CodeValue.Mixed(value, CodeValue.Unknown);
        var parts = new List<CodeValue>();
        var by = separator.Text ?? "";
        foreach (var part in by.Length == 0 || by == " " ? whole.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : whole.Split(by))
            parts.Add(CodeValue.Of(part));
        return CodeValue.List([.. parts]);
    }

    private static string Fill(CodeText text, string pattern, CodeArguments arguments)
    {
        var made = new StringBuilder();
        var next = 0;
        var noClose = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] is '{' or '}' && i + 1 < pattern.Length && pattern[i + 1] == pattern[i]) { made.Append(pattern[i++]); continue; }
            var close = pattern[i] == '{' && !noClose ? pattern.IndexOf('}', i) : -1;
            noClose |= pattern[i] == '{' && close < 0;
            if (close < 0) { made.Append(pattern[i]); continue; }
            var field = pattern.AsSpan(i + 1, close - i - 1);
            var value = field.IsEmpty ? arguments.At(next++)
                : int.TryParse(field, NumberStyles.Integer, CultureInfo.InvariantCulture, out var at) && at >= 0 ? arguments.At(at)
                : arguments.Named.TryGetValue(field.ToString(), out var named) ? named : CodeValue.Unknown;
            made.Append(value.Text is { } known && text.Work.Fold(known.Length) ? known : text.Unknown("value"));
            i = close;
        }
        return made.ToString();
    }

    private static CodeValue Characters(CodeValue[] codes)
    {
        var made = new StringBuilder();
        foreach (var code in codes)
        {
            if (code.Text is not { } number) return new CodeValue { Traits = CodeTraits.Decoded };
            var isHex = number.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
            if (!int.TryParse(isHex ? number.AsSpan(2) : number, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
                || value is < 0 or > char.MaxValue) return new CodeValue { Traits = CodeTraits.Decoded };
            made.Append((char)value);
        }
        return CodeValue.Of(made.ToString());
    }

    private static CodeValue Decoded(CodeValue encoded, bool isHex)
    {
        if (encoded.Text is { } text && !CodeText.HasMark(text) && TextDecoding.TryDecode(text, isHex) is { } plain) return CodeValue.Of(plain);
        return new CodeValue { Traits = CodeTraits.Decoded | (encoded.Traits & CodeTraits.Network), File = encoded.File, Url = encoded.Url };
    }
}
