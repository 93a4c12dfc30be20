using System.Globalization;
using System.Runtime.InteropServices;
using Septim.Hooks.Shell.Syntax;

namespace Septim.Hooks.Shell.Evaluation;

internal sealed partial class Expander
{
    private const int LongestTrim = 4096;

    private void Parameter(WordPart part, Fields fields, Scope scope, Frame frame)
    {
        var name = part.Text;
        if (scope.Find(name) is { Reference: { } target }) name = target;
        if (part.Operator.Length == 0 && part.Index is null && Simple(name, part.Quoted, fields, scope)) return;

        var index = part.Index is null ? null : Value(part.Index, scope, frame).Text ?? "?";
        if (part.Operator.StartsWith("ref", StringComparison.Ordinal))
        {
            var names = index is "@" or "*" ? null : Lookup(name, index, scope);
            if (names?.Text is not { } indirect)
            {
                // Why: whose value it is comes from where its name comes from.
                var from = names is { Pieces: [{ From: { } source }] } ? source : null;
                fields.Piece(new WordPiece(PieceKind.Variable, name, part.Quoted) { Variable = from is null ? name : "!" + name, MayBeEmpty = true, From = from });
                return;
            }
            name = indirect;
            index = null;
            if (part.Operator.Length == 3 && Simple(name, part.Quoted, fields, scope)) return;
        }
        if (part.Operator == "len")
        {
            var length = Length(name, index, scope);
            fields.Piece(length is null
                ? new WordPiece(PieceKind.Number, "#" + name, part.Quoted)
                : new WordPiece(PieceKind.Literal, length.Value.ToString(CultureInfo.InvariantCulture), part.Quoted));
            return;
        }
        if (index is "@" or "*" && part.Operator.Length == 0)
        {
            All(CollectionsMarshal.AsSpan(Elements(name, scope)), index == "*", part.Quoted, name, fields, scope);
            return;
        }
        var op = part.Operator.Replace("ref", "", StringComparison.Ordinal);
        var isAll = index is "@" or "*" || (index is null && name is "@" or "*");
        if (isAll && ChangesText(op) && Listed(name, scope) is { } words) Each(op, part, words, index is "*" || name is "*", fields, scope, frame);
        else Operate(op, part, name, Lookup(name, index, scope), fields, scope, frame);
    }

    /// <summary>A plain <c>$name</c>; false when it is not one of the simple cases.</summary>
    private bool Simple(string name, bool quoted, Fields fields, Scope scope)
    {
        if (name is "@" or "*")
        {
            // Why: what a function was called with, or `set --` gave, is known in any text.
            if (ReferenceEquals(scope.Zero, Foreign) && scope.Arguments.Length == 0)
            {
                fields.Piece(new WordPiece(PieceKind.Variable, name, quoted) { Variable = name, MayBeEmpty = true });
                return true;
            }
            All(scope.Arguments, name == "*", quoted, null, fields, scope);
            return true;
        }
        var value = Lookup(name, null, scope);
        if (value is not null) fields.Value(value, quoted, name);
        else if (quoted) fields.Literal("", true);
        return true;
    }

    /// <summary><c>$0</c> of a text whose arguments are not known.</summary>
    public static readonly Word Foreign = Word.Of("sh");

    private long? Length(string name, string? index, Scope scope)
    {
        if (name is "@" or "*" or "") return scope.Arguments.Length;
        if (index is "@" or "*") return scope.Find(name)?.Elements?.Count;
        return Lookup(name, index, scope)?.Text?.Length;
    }

    /// <summary>The value of a variable or special parameter; null when it is surely not set.</summary>
    public Word? Lookup(string name, string? index, Scope scope)
    {
        if (scope.Find(name) is { } variable)
        {
            if (index is not null && variable.Elements is { } elements)
            {
                budget.Work(elements.Count / 4);
                if (index.StartsWith('-') && int.TryParse(index, CultureInfo.InvariantCulture, out var back) && elements.Count + back >= 0) return elements[elements.Count + back].Value;
                foreach (var (key, value) in elements)
                {
                    if (key == index) return value;
                }
                return index.Length > 0 && char.IsAsciiDigit(index[0]) ? null : Variable.Unknown(name, true);
            }
            return variable.Values.Length switch
            {
                0 => null,
                1 => variable.Values[0],
                var count => variable.Values[Choices.Pick(name, count)],
            };
        }
        if (name.Length == 1 && !char.IsAsciiLetter(name[0])) return Special(name[0], scope);
        if (name.Length > 0 && char.IsAsciiDigit(name[0])) return Positional(name, scope);
        return name switch
        {
            "HOME" => Known(setting.Home, name),
            "PWD" => scope.Directory is null ? Variable.Unknown(name, false) : Known(scope.Directory, name),
            "OLDPWD" => scope.Before is null ? Variable.Unknown(name, false) : Known(scope.Before, name),
            "TMPDIR" => Known(setting.TempDirectory, name),
            "IFS" => Word.Of(" \t\n"),
            "RANDOM" or "SECONDS" or "UID" or "EUID" or "PPID" or "LINENO" or "BASHPID" or "EPOCHSECONDS" or "SHLVL" =>
                Number(name),
            "SHELL" or "BASH" => FromSetting(name) ?? Known("/bin/bash", name),
            "PATH" or "USER" or "LOGNAME" or "HOSTNAME" or "OSTYPE" or "HOSTTYPE" or "BASH_VERSION" =>
                FromSetting(name) ?? Variable.Unknown(name, false),
            _ => FromSetting(name) ?? Variable.Unknown(name, true),
        };
    }

    private Word? FromSetting(string name) =>
        setting.Variables is not null && setting.Variables.TryGetValue(name, out var value) ? Known(value, name) : null;

    private static Word Known(string text, string name) =>
        new([new WordPiece(PieceKind.Literal, text, false) { Variable = name }]);

    private static Word Number(string name) => new([new WordPiece(PieceKind.Number, "$" + name, false) { Variable = name }]);

    private static Word? Special(char name, Scope scope) => name switch
    {
        '0' => scope.Zero,
        >= '1' and <= '9' => Positional(name.ToString(), scope),
        '#' => Word.Of(scope.Arguments.Length.ToString(CultureInfo.InvariantCulture)),
        '?' or '$' or '!' or '-' => Number(name.ToString()),
        _ => Variable.Unknown(name.ToString(), true),
    };

    private static Word? Positional(string name, Scope scope)
    {
        if (!int.TryParse(name, CultureInfo.InvariantCulture, out var number)) return null;
        if (number == 0) return scope.Zero;
        if (number <= scope.Arguments.Length) return scope.Arguments[number - 1];
        return ReferenceEquals(scope.Zero, Foreign) ? Variable.Unknown(name, true) : null;
    }

    private void Operate(string op, WordPart part, string name, Word? value, Fields fields, Scope scope, Frame frame)
    {
        // Why: a variable that nobody here set is most likely not set at all, so its default is what to judge.
        var isForeign = value is { Pieces: [{ Kind: PieceKind.Variable } piece] } && piece.Text == name && piece.From is null && scope.Find(name) is null;
        var isUnset = value is null || isForeign;
        var isEmpty = isUnset || value!.Text is "";
        switch (op)
        {
            case ":-" or "-" or ":=" or "=":
                if (!(op[0] == ':' ? isEmpty : isUnset)) break;
                if (op[^1] == '=')
                {
                    var given = Value(part.Argument, scope, frame);
                    scope.Set(name, Variable.Of(given));
                    fields.Value(given, part.Quoted, name);
                }
                else if (isForeign && part.Argument is null or { Parts: [] } && part.Quoted) fields.Value(value!, true, name);
                else
                {
                    Operand(part, fields, scope, frame);
                    if (isForeign) fields.MayBe(name);
                }
                return;
            case ":+" or "+":
                if (!isForeign && (op[0] == ':' ? isEmpty : isUnset)) { if (part.Quoted) fields.Literal("", true); }
                else Operand(part, fields, scope, frame);
                return;
            case ":?" or "?":
                if (value?.Text is not { Length: > 0 }) Value(part.Argument, scope, frame);
                fields.Value(NeverEmpty(value ?? Variable.Unknown(name, false)), part.Quoted, name);
                return;
            case "@" when value?.Text is { } prompt && part.Argument is { Parts: [{ Text: "P" }] }:
                evaluator.Expand(prompt, scope, frame);
                fields.Value(Variable.Unknown(name, true), part.Quoted, name);
                return;
            case var _ when ChangesText(op):
                if (value?.Text is not { } text || text.Length > LongestTrim)
                {
                    // Why: what stands in the pattern runs, whatever the value is.
                    var cut = Value(part.Argument, scope, frame);
                    Value(part.Second, scope, frame);
                    if (op == "%%" && cut.StartsWith("=")) value = value?.AsName();
                    break;
                }
                var changed = Changed(op, text, part, scope, frame);
                fields.Value(changed is null ? Variable.Unknown(name, true) : Word.Of(changed), part.Quoted, name);
                return;
        }
        if (value is not null) fields.Value(value, part.Quoted, name);
        else if (part.Quoted) fields.Literal("", true);
    }

    private void Operand(WordPart part, Fields fields, Scope scope, Frame frame)
    {
        if (part.Argument is null) { if (part.Quoted) fields.Literal("", true); return; }
        if (part.Quoted) { fields.Value(Value(part.Argument, scope, frame), true, null); return; }
        foreach (var inner in part.Argument.Parts)
        {
            if (inner is { Kind: PartKind.Literal, Quoted: false } && holes.Find(inner.Text) < 0) fields.Value(Word.Of(inner.Text, false), false, null);
            else Add([inner], fields, scope, frame);
        }
    }

    private static Word NeverEmpty(Word word)
    {
        var pieces = new List<WordPiece>(word.Pieces.Length);
        foreach (var piece in word.Pieces) pieces.Add(piece.MayBeEmpty ? piece with { MayBeEmpty = false } : piece);
        return new Word([.. pieces]);
    }

    private string? Changed(string op, string text, WordPart part, Scope scope, Frame frame)
    {
        if (op == ":") return Slice(text, Value(part.Argument, scope, frame).Text, part.Second is null ? null : Value(part.Second, scope, frame).Text ?? "?");
        if (op[0] == '^') return op.Length == 2 ? text.ToUpperInvariant() : Capital(text, true);
        if (op[0] == ',') return op.Length == 2 ? text.ToLowerInvariant() : Capital(text, false);
        if (Pattern(part.Argument, scope, frame) is not { } pattern) return null;
        if (op[0] == '/')
        {
            var with = part.Second is null ? "" : Value(part.Second, scope, frame).Text;
            return with is null ? null : Replaced(text, pattern, with, op.Length == 2);
        }
        var isPlain = pattern.AsSpan().IndexOfAny("*?[\\") < 0;
        if (isPlain)
        {
            if (op[0] == '#') return text.StartsWith(pattern, StringComparison.Ordinal) ? text[pattern.Length..] : text;
            return text.EndsWith(pattern, StringComparison.Ordinal) ? text[..^pattern.Length] : text;
        }
        if (text.Length > LongestTrim / 8) return null;
        var shortest = op.Length == 1;
        for (var step = 0; step <= text.Length; step++)
        {
            var length = shortest ? step : text.Length - step;
            if (op[0] == '#' ? GlobMatch.Matches(text.AsSpan(0, length), pattern) : GlobMatch.Matches(text.AsSpan(text.Length - length), pattern))
            {
                return op[0] == '#' ? text[length..] : text[..^length];
            }
            if (!budget.Text(text.Length + pattern.Length)) break;
        }
        return text;
    }

    /// <summary>The operand as a pattern: what was quoted matches itself.</summary>
    public string? Pattern(WordNode? node, Scope scope, Frame frame)
    {
        if (node is null) return "";
        var text = new System.Text.StringBuilder();
        foreach (var part in node.Parts)
        {
            var value = Value(new WordNode([part], node.Start, node.End), scope, frame).Text;
            if (value is null) return null;
            foreach (var c in value)
            {
                if (part.Quoted && c is '*' or '?' or '[' or '\\') text.Append('\\');
                text.Append(c);
            }
        }
        return text.Length > 256 ? null : text.ToString();
    }

    private static string? Replaced(string text, string pattern, string with, bool all)
    {
        var anchored = !all && pattern.Length > 0 && pattern[0] is '#' or '%' ? pattern[0] : '\0';
        if (anchored != 0) pattern = pattern[1..];
        if (pattern.Length == 0) return anchored switch { '#' => with + text, '%' => text + with, _ => text };
        if (pattern.AsSpan().IndexOfAny("*?[\\") >= 0)
        {
            return GlobMatch.Matches(text, pattern) ? with : null;
        }
        if (anchored == '#') return text.StartsWith(pattern, StringComparison.Ordinal) ? with + text[pattern.Length..] : text;
        if (anchored == '%') return text.EndsWith(pattern, StringComparison.Ordinal) ? text[..^pattern.Length] + with : text;
        if (all) return (long)text.Length * (with.Length + 1) > 1 << 20 ? null : text.Replace(pattern, with, StringComparison.Ordinal);
        var at = text.IndexOf(pattern, StringComparison.Ordinal);
        return at < 0 ? text : string.Concat(text.AsSpan(0, at), with, text.AsSpan(at + pattern.Length));
    }

    private static string? Slice(string text, string? from, string? length)
    {
        if (from is null || Arithmetic.Evaluate(from) is not { } start) return null;
        if (start < 0) start += text.Length;
        if (start < 0 || start > text.Length) return "";
        if (length is null) return text[(int)start..];
        if (Arithmetic.Evaluate(length) is not { } count) return null;
        var end = count < 0 ? text.Length + count : Math.Min(text.Length, start + count);
        return end <= start ? "" : text[(int)start..(int)end];
    }

    private static string Capital(string text, bool upper) =>
        text.Length == 0 ? text : (upper ? char.ToUpperInvariant(text[0]) : char.ToLowerInvariant(text[0])) + text[1..];
}
