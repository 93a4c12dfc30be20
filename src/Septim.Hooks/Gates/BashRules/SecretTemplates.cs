namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// Output templates of kubectl and filters of jq: whether they show nothing but what an object is called, when it was made and which
/// keys it has. What is not surely so shows values.
/// </summary>
internal static class SecretTemplates
{
    /// <summary>Signs with which a filter of jq shows more than one thing, or builds texts.</summary>
    private static readonly System.Buffers.SearchValues<char> s_joins = System.Buffers.SearchValues.Create(",{$\\+\"");

    /// <summary>A value of <c>-o</c>: <c>jsonpath={.metadata.name}</c>, <c>custom-columns=N:.metadata.name</c>, <c>go-template=…</c>.</summary>
    public static bool ShowsNames(string format)
    {
        var equals = format.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) return false;
        var template = format.AsSpan(equals + 1).Trim("'\"");
        return format.AsSpan(0, equals) switch
        {
            "jsonpath" or "jsonpath-as-json" => JsonPath(template),
            "custom-columns" => Columns(template),
            "go-template" or "template" => GoTemplate(template),
            _ => false,
        };
    }

    private static bool JsonPath(ReadOnlySpan<char> template)
    {
        var isAny = false;
        foreach (var range in template.Split('{'))
        {
            var part = template[range];
            var close = part.IndexOf('}');
            if (close < 0) continue;
            var expression = part[..close].Trim();
            isAny = true;
            if (expression is "end" || expression.StartsWith("\"") || expression.StartsWith("'") || expression.StartsWith("range ")) continue;
            if (!IsName(expression)) return false;
        }
        return isAny;
    }

    private static bool Columns(ReadOnlySpan<char> template)
    {
        foreach (var range in template.Split(','))
        {
            var column = template[range];
            var colon = column.IndexOf(':');
            if (colon < 0 || !IsName(column[(colon + 1)..])) return false;
        }
        return true;
    }

    /// <summary><c>{{range $k, $v := .data}}{{$k}}{{end}}</c>: the keys of a map, and metadata.</summary>
    private static bool GoTemplate(ReadOnlySpan<char> template)
    {
        ReadOnlySpan<char> key = default;
        var isAny = false;
        foreach (var range in template.Split("{{"))
        {
            var part = template[range];
            var close = part.IndexOf("}}");
            if (close < 0) continue;
            var action = part[..close].Trim("- ");
            isAny = true;
            if (action is "end" or "else" || action.StartsWith("\"") || action.StartsWith("'") || action.StartsWith("`")) continue;
            if (action.StartsWith("range "))
            {
                var comma = action.IndexOf(',');
                key = comma > 0 && action[6..].Trim().StartsWith("$") ? action[6..comma].Trim() : default;
                if (comma < 0 && !action[6..].Trim().SequenceEqual(".items")) return false;
                continue;
            }
            if (action.SequenceEqual("println " + key.ToString()) && !key.IsEmpty) continue;
            if (!(!key.IsEmpty && action.SequenceEqual(key)) && !IsName(action)) return false;
        }
        return isAny;
    }

    /// <summary>A path that ends in what an object is called or is. Annotations may hold a copy of the whole object.</summary>
    private static bool IsName(ReadOnlySpan<char> path)
    {
        path = path.Trim();
        if (path.IsEmpty || path.IndexOfAny("@|(") >= 0 || path.IndexOf("last-applied") >= 0) return false;
        var metadata = path.IndexOf(".metadata.");
        if (metadata >= 0) return path[..metadata].IndexOf("data") < 0 && !path.EndsWith(".annotations") && !path.EndsWith(".managedFields") && !path.EndsWith("*]") && !path.EndsWith(".*");
        return path is ".type" or ".kind" or ".apiVersion" || path.EndsWith("].type") || path.EndsWith("].kind");
    }

    /// <summary>A jq program whose output is keys, counts or names.</summary>
    public static bool JqShowsNames(RuleCase at)
    {
        string? filter = null;
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is not { Length: > 0 } text) return false;
            if (text[0] == '-')
            {
                if (text.AsSpan(1).TrimStart('-') is not ("r" or "c" or "e" or "M" or "S" or "j" or "rc" or "cr" or "raw-output" or "compact-output" or "exit-status" or "monochrome-output" or "sort-keys")) return false;
            }
            else filter ??= text;
        }
        return filter is not null && FilterShowsNames(filter);
    }

    private static bool FilterShowsNames(string filter)
    {
        var text = filter.AsSpan().Trim();
        if (text is "del(.data)" or "del(.data, .stringData)" or "del(.data,.stringData)" or "del(.data)|del(.stringData)") return true;
        if (text.EndsWith(")") && text.LastIndexOf("has(") is var has and >= 0 && text[has..].IndexOf('|') < 0) return true;
        if (text.IndexOfAny(s_joins) >= 0 || text.IndexOf("env") >= 0) return false;
        var bar = text.LastIndexOf('|');
        var last = text[(bar + 1)..].Trim();
        var before = bar < 0 ? default : text[..bar].Trim();
        while (last.StartsWith("map(") && last.EndsWith(")")) last = last[4..^1].Trim();
        if (last is "keys" or "keys[]" or "keys_unsorted" or "keys_unsorted[]" or "length" or "type" or "sort" or "unique" or ".[]")
            return last is not ("sort" or "unique" or ".[]") || (bar > 0 && FilterShowsNames(before.ToString()));
        if (last is ".key" or ".[].key") return before.IndexOf("to_entries") >= 0;
        if (last is ".metadata" || IsName(last)) return true;
        var dot = last.LastIndexOf('.');
        return last.StartsWith(".") && last.IndexOf("data.") < 0 && last[(dot + 1)..] is "name" or "id" or "uid" or "title" or "creationTimestamp" or "createdAt" or "updatedAt" or "ARN" or "Name" or "VersionId";
    }
}
