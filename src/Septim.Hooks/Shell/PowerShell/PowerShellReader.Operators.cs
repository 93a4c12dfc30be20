using System.Text;
using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>What operators make of their values.</summary>
internal sealed partial class PowerShellReader
{
    private CodeValue Operation(string name, CodeValue left, CodeValue right)
    {
        switch (name)
        {
            case "-f": return left.Text is { } format ? CodeValue.Of(Formatted(format, right)) : CodeValue.Mixed(left, right);
            case "-join": return left.Items is { } parts ? Joined(parts, right.Text ?? "") : left;
            case "-split" or "-csplit" or "-isplit": return PowerShellCalls.Cut(left, right);
            case "-replace" or "-creplace" or "-ireplace":
                var (from, to) = right.Items is [var pattern, var by, ..] ? (pattern, by) : (right, CodeValue.Of(""));
                if (left.Text is { } whole && from.Text is { Length: > 0 } plain && to.Text is { } put && !CodeText.HasMark(plain) && PowerShellPaths.IsPlainPattern(plain) && put.IndexOf('$', StringComparison.Ordinal) < 0
                    && _source.Work.Fold(whole.Length + (long)(whole.Length / plain.Length + 1) * put.Length)) return CodeValue.Of(whole.Replace(plain, put, StringComparison.OrdinalIgnoreCase));
                return _calls.Replaced(left, from, to);
            case "-as": return left;
            case "-and": return left.Name == "?" ? left : right.Name == "?" ? right : CodeValue.Unknown;
            case "-or": return left is { Name: "?", Items: { } some } && right is { Name: "?", Items: { } others } && _source.Work.Fold(some.Length + others.Length) ? new CodeValue { Name = "?", Items = [.. some, .. others] } : CodeValue.Unknown;
            case "-eq" or "-ieq" or "-ceq" or "-in" or "-like" or "-ilike" or "-match" or "-imatch" or "-cmatch" or "-ne" or "-notlike" or "-notmatch" or "-notin":
                if (left.Name is ".name" or ".basename" or ".extension" && left.Listing is not null) return Names(left.Name[1..], name, right);
                // Why: of a list those elements that match; a whole text matches or does not.
                return left is { Shell: not null, Name: null } && name is not ("-in" or "-notin") ? left : CodeValue.Unknown;
            case "-not" or "-is" or "-isnot" or "-gt" or "-lt" or "-ge" or "-le" or "-contains" or "-notcontains" or "-icontains" or "-xor" or "-band" or "-bor": return CodeValue.Unknown;
            default: return CodeValue.Mixed(left, right);
        }
    }

    /// <summary>The names that a condition lets through; <c>^(bin|obj)$</c> are two.</summary>
    private static CodeValue Names(string property, string operation, CodeValue right)
    {
        if (property is not ("name" or "basename" or "extension" or "fullname")) return CodeValue.Unknown;
        if (operation is not ("-eq" or "-ieq" or "-ceq" or "-in" or "-like" or "-ilike" or "-match" or "-imatch" or "-cmatch")) return CodeValue.Unknown;
        var names = new List<CodeValue>();
        foreach (var item in right.Items ?? [right])
        {
            if (item.Text is not { Length: > 0 and < 200 } text) return CodeValue.Unknown;
            if (!operation.EndsWith("match", StringComparison.Ordinal)) { names.Add(CodeValue.Of(property == "extension" ? "*" + text : text)); continue; }
            var bare = text.StartsWith('^') && text.EndsWith('$') ? text[1..^1].Trim('(', ')') : "";
            foreach (var part in bare.Split('|'))
            {
                if (part.Length == 0 || !PowerShellPaths.IsPlainPattern(part)) return CodeValue.Unknown;
                names.Add(CodeValue.Of(part));
            }
        }
        return new CodeValue { Name = "?", Items = [.. names] };
    }

    private string Formatted(string format, CodeValue values)
    {
        var items = values.Items ?? [values];
        for (var i = 0; i < items.Length && i < 10; i++)
        {
            var part = items[i].Items is null ? _writer.Embed(items[i]) : _source.Unknown("value");
            if (!_source.Work.Fold(format.Length + (long)format.Length / 3 * part.Length)) return _source.Unknown("value");
            format = format.Replace("{" + (char)('0' + i) + "}", part, StringComparison.Ordinal);
        }
        return format;
    }

    private CodeValue Joined(CodeValue[] parts, string between)
    {
        var joined = new StringBuilder();
        foreach (var part in parts)
        {
            var text = part.Items is null ? _writer.Embed(part) : _source.Unknown("value");
            if (!_source.Work.Fold(between.Length + text.Length)) return CodeValue.Unknown;
            joined.Append(joined.Length > 0 ? between : "").Append(text);
        }
        return CodeValue.Of(joined.ToString());
    }

    private CodeValue Join(CodeValue left, CodeValue right)
    {
        if (left.Text is null && left.Shell is null && right.Text is null && right.Shell is null) return CodeValue.Mixed(left, right);
        var (first, second) = (_writer.Embed(left), _writer.Embed(right));
        return _source.Work.Fold(first.Length + second.Length) ? CodeValue.Of(first + second) : CodeValue.Mixed(left, right);
    }
}
