namespace Septim.Hooks.Shell.Code;

/// <summary>Where the bytes of a value come from, and what of it is left when it is cut, counted or taken apart.</summary>
internal static class CodeFlow
{
    private const int MostFiles = 16;
    private const int MostNested = 24;
    private const int LongestNames = 200;

    /// <summary>Origins by themselves.</summary>
    public const CodeTraits Kept = CodeTraits.Network | CodeTraits.Decoded | CodeTraits.Environment | CodeTraits.Free;

    /// <summary>Traits that hold of what came from a file or the environment.</summary>
    private const CodeTraits Weak = CodeTraits.Names | CodeTraits.Field;

    /// <summary>Traits that only an origin gives.</summary>
    public const CodeTraits Flowing = Kept | Weak;

    private const CodeTraits Shape = CodeTraits.Mapping | CodeTraits.Pairs | CodeTraits.Pair;

    /// <summary>Unknown, but with the origins of both.</summary>
    public static CodeValue Mixed(CodeValue left, CodeValue right)
    {
        var shell = left.Shell ?? right.Shell;
        if (!left.HasOrigin && !right.HasOrigin) return shell is null ? CodeValue.Unknown : new CodeValue { Shell = shell };
        if (left.IsBare && HasAll(left, right) && left.Shell == shell) return left;
        var weak = Weak;
        if (IsTold(left)) weak &= left.Traits;
        if (IsTold(right)) weak &= right.Traits;
        if (!IsTold(left) && !IsTold(right)) weak = CodeTraits.None;
        return new CodeValue
        {
            Traits = ((left.Traits | right.Traits) & Kept) | weak,
            File = Both(left.File, right.File),
            Url = left.Url ?? right.Url,
            Variables = Both(left.Variables, right.Variables),
            Shell = shell,
        };
    }

    /// <summary>The second adds nothing to the first.</summary>
    public static bool HasAll(CodeValue left, CodeValue right) =>
        (right.File is null || ReferenceEquals(right.File, left.File)) && (right.Url is null || left.Url is not null) && (right.Variables is null || right.Variables == left.Variables)
        && (right.Traits & Kept & ~left.Traits) == 0 && (!IsTold(right) || (left.Traits & Weak) == (right.Traits & Weak));

    /// <summary>The origins of a value, of its elements and of its fields.</summary>
    public static CodeValue Origins(CodeValue value) => Origins(value, MostNested);

    private static CodeValue Origins(CodeValue value, int depth)
    {
        // Why at every level: a list may hold another a thousand times, and that one a third.
        return value.Origins ??= Inside(value, depth);
    }

    private static CodeValue Inside(CodeValue value, int depth)
    {
        var all = value.HasOrigin ? value : CodeValue.Unknown;
        if (IsEnvironment(value) && !value.Is(CodeTraits.Environment)) all = Mixed(all, new CodeValue { Traits = CodeTraits.Environment });
        if (depth == 0 || (value.Items is null && value.Fields is null)) return all;
        foreach (var item in value.Items ?? []) all = Mixed(all, Origins(item, depth - 1));
        if (value.Fields is not null)
        {
            foreach (var field in value.Fields.Values) all = Mixed(all, Origins(field, depth - 1));
        }
        return all;
    }

    /// <summary>The whole environment, by its name or as a copy.</summary>
    public static bool IsEnvironment(CodeValue value) => value.Is(CodeTraits.Environment) && !value.Is(CodeTraits.Names)
        || (value.Text is null && value.Name is "os.environ" or "os.environb" or "process.env" or "globalThis.process.env" or "import.meta.env" or "Bun.env" or "ENV" or "%ENV" or "$_ENV" or "$_SERVER" or "ENVIRON");

    /// <summary>Going through it gives names: a file of settings that was read as one, or the environment.</summary>
    public static bool IsSettings(CodeValue value) => value.Is(CodeTraits.Mapping) || (value.Name is not null && IsEnvironment(value));

    /// <summary>What is not text of its origin: how many, whether, which type.</summary>
    public static bool Measures(string call) => call is "len" or "count" or "size" or "length" or "exists" or "exist?" or "isfile" or "is_file" or "startswith" or "startsWith" or "start_with?" or "endswith" or "endsWith" or "end_with?"
        or "includes" or "include?" or "in_array" or "has" or "has_key" or "key?" or "has_key?" or "any" or "all" or "bool" or "Boolean" or "isdigit" or "test" or "match?" or "isinstance" or "type" or "strlen" or "mb_strlen" or "sizeof"
        or "array_key_exists" or "isset" or "empty" or "is_null" or "is_string" or "nil?" or "empty?" or "blank?" or "present?" or "any?" or "all?" or "stat" or "getsize" or "indexOf" or "cmp" or "equals" or "compare" or "compare_digest" or "sections" or "options" or "is_set"
        or "hexdigest" or "digest" or "sha256" or "md5" or "sha1" or "sha512" or "createHash" or "crc32" or "sum" or "zip?" or "class" or "str_contains" or "str_starts_with" or "substr_count" or "hasOwnProperty" or "every" or "some" or "hash" or "hash_file" or "md5_file"
        or "exists?" or "file?" or "getbits" or "bytesize" or "byteLength" or "nbytes" or "verify" or "not" or "isNaN" or "is_dir" or "filesize" or "lstat" or "access" or "delete" or "mtime" or "getmtime";

    /// <summary>One of a list, for loops.</summary>
    public static CodeValue ElementOf(CodeValue list)
    {
        // Why: one of a list of one of several is one of those.
        if (list.Items is [{ Items: not null } only] && only.Is(CodeTraits.AnyOf)) return only.From(list);
        if (list.Items is { Length: > 0 } items) return new CodeValue { Items = items, Traits = CodeTraits.AnyOf }.From(list);
        if (list.Is(CodeTraits.Glob)) return list;
        if (list.Is(CodeTraits.Pairs)) return Taken(list, CodeTraits.Pair);
        if (IsSettings(list)) return NamesOf(list);
        return Taken(list, list.Traits & CodeTraits.Pair);
    }

    /// <summary>What stands at a place of a pair, a list or a text of unknown parts.</summary>
    public static CodeValue At(CodeValue value, int index)
    {
        if (value.Items is { } items && !value.Is(CodeTraits.AnyOf)) return index < items.Length ? items[index].From(value) : Taken(value, CodeTraits.None);
        if (value.Items is { } choices)
        {
            var each = new List<CodeValue>();
            for (var i = 0; i < choices.Length && i < MostFiles; i++) each.Add(At(choices[i], index));
            return new CodeValue { Items = [.. each], Traits = CodeTraits.AnyOf }.From(value);
        }
        return index == 0 && value.Is(CodeTraits.Pair) ? NamesOf(value) : Taken(value, CodeTraits.None);
    }

    /// <summary>The names alone, without their values.</summary>
    public static CodeValue NamesOf(CodeValue value)
    {
        var all = Origins(value);
        if (all.File is null && !all.Is(CodeTraits.Environment)) return all.Is(CodeTraits.Free) ? CodeValue.Unknown : Taken(all, CodeTraits.None);
        return Taken(all, CodeTraits.Names);
    }

    /// <summary>Nothing but the origins, in another shape.</summary>
    public static CodeValue Taken(CodeValue value, CodeTraits shape)
    {
        var all = Origins(value);
        if (!all.HasOrigin) return shape == CodeTraits.None ? CodeValue.Unknown : new CodeValue { Traits = shape };
        return new CodeValue { Traits = (all.Traits & Flowing) | shape, File = all.File, Url = all.Url, Variables = all.Variables };
    }

    /// <summary>Names and values in the shape that a call gives them.</summary>
    public static CodeValue Shaped(CodeValue value, CodeTraits shape)
    {
        var all = Taken(value, CodeTraits.None);
        return new CodeValue { Traits = (all.Traits & ~Shape) | shape, File = all.File, Url = all.Url, Variables = all.Variables };
    }

    /// <summary>The value of an environment variable.</summary>
    public static CodeValue Variable(CodeText text, CodeValue name)
    {
        if (name.Items is { } choices && name.Is(CodeTraits.AnyOf))
        {
            var all = CodeValue.Unknown;
            for (var i = 0; i < choices.Length && i < MostFiles; i++) all = Mixed(all, Variable(text, choices[i]));
            return all;
        }
        if (name.Text is "HOME" or "USERPROFILE") return CodePaths.Home(text);
        if (name.Text is { Length: > 0 and < 100 } known && !CodeText.HasMark(known)) return new CodeValue { Variables = known };
        return name.Is(CodeTraits.Environment) ? new CodeValue { Traits = CodeTraits.Environment } : CodeValue.Unknown;
    }

    private static bool IsTold(CodeValue value) => value.File is not null || value.Is(CodeTraits.Environment);

    private static string? Both(string? left, string? right) =>
        left is null ? right : right is null || left == right || left.Length + right.Length > LongestNames ? left : left + " " + right;

    private static CodeValue? Both(CodeValue? left, CodeValue? right)
    {
        if (left is null || right is null) return left ?? right;
        if (ReferenceEquals(left, right) || (left.Text is not null && left.Text == right.Text)) return left;
        var all = new List<CodeValue>(left.Is(CodeTraits.AnyOf) && left.Items is { } some ? some : [left]);
        foreach (var file in right.Is(CodeTraits.AnyOf) && right.Items is { } others ? others : [right])
        {
            var isThere = all.Count >= MostFiles;
            for (var i = 0; i < all.Count && !isThere; i++) isThere = ReferenceEquals(all[i], file) || (file.Text is not null && all[i].Text == file.Text);
            if (!isThere) all.Add(file);
        }
        return new CodeValue { Items = [.. all], Traits = CodeTraits.AnyOf };
    }
}
