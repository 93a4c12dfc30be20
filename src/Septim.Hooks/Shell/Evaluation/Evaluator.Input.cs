using System.Globalization;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary><c>read</c> and <c>mapfile</c>: what flows in becomes variables.</summary>
internal sealed partial class Evaluator
{
    private static readonly OptionTable ReadOptions = new("ersa:d:i:n:N:p:t:u:");
    private static readonly OptionTable MapFileOptions = new("d:n:O:s:tu:C:c:");

    private Feed ReadLine(Call call)
    {
        Emit(call);
        var options = OptionReader.Read(call.Arguments, ReadOptions);
        var feed = call.Frame.Input;
        var cursor = call.Frame.Cursor;
        if (options.Value("-u")?.Text is { } number && int.TryParse(number, CultureInfo.InvariantCulture, out var descriptor))
        {
            feed = call.Scope.Input(descriptor) ?? Feed.Inherited;
            cursor = new InputCursor();
        }
        var names = options.Operands;
        foreach (var name in names) Subscript(name, call);
        if (feed.Text is { } text && cursor.Position <= text.Length)
        {
            var end = options.Value("-d")?.Text is { } delimiter ? delimiter.Length == 0 ? '\0' : delimiter[0] : '\n';
            var stop = text.IndexOf(end, cursor.Position);
            var line = text[cursor.Position..(stop < 0 ? text.Length : stop)];
            if (options.Value("-n") is { } limit || (limit = options.Value("-N")) is not null)
            {
                if (int.TryParse(limit.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most < line.Length) line = line[..most];
            }
            if (!options.Has("-r")) line = line.Replace("\\", "", StringComparison.Ordinal);
            cursor.Position = stop < 0 ? text.Length : stop + 1;
            Distribute(line, options, call);
            return Feed.Nothing;
        }
        // Why: a here-string with unknown pieces still hands them to the variable.
        var value = feed.Content is { Pieces.Length: > 0 } content ? Trimmed(content, feed) : null;
        // Why: `IFS== read -r key value` gives the first variable a name, not what it says.
        var isNamed = names.Count > 1 && Separators(call) == "=";
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Text is not { } known) continue;
            var read = value is not null && names.Count == 1 ? value : Variable.Unknown(known, true, Origin(feed));
            call.Scope.Set(known, Variable.Of(i == 0 && isNamed ? read.AsName() : read));
        }
        if (options.Value("-a")?.Text is { } array) call.Scope.Set(array, Variable.Of(Variable.Unknown(array, true, Origin(feed))));
        if (names.Count == 0) call.Scope.Set("REPLY", Variable.Of(Variable.Unknown("REPLY", true, Origin(feed))));
        return Feed.Nothing;
    }

    private static Feed? Origin(Feed feed) => feed.From.Length > 0 || feed.Files.Length > 0 ? feed : null;

    private string Separators(Call call)
    {
        var separators = _expander.Lookup("IFS", null, call.Scope)?.Text ?? " \t\n";
        foreach (var assignment in call.Assignments)
        {
            if (assignment.Name == "IFS" && assignment.Value.Text is { } own) separators = own;
        }
        return separators;
    }

    private void Distribute(string line, OptionReading options, Call call)
    {
        var scope = call.Scope;
        var separators = Separators(call);
        if (options.Value("-a")?.Text is { } array)
        {
            var elements = new List<(string, Word)>();
            foreach (var item in line.Split(separators.ToCharArray(), StringSplitOptions.RemoveEmptyEntries))
            {
                elements.Add((elements.Count.ToString(CultureInfo.InvariantCulture), Word.Of(item)));
            }
            scope.Set(array, new Variable { Values = elements.Count > 0 ? [elements[0].Item2] : [Word.Empty], Elements = elements });
            return;
        }
        if (options.Operands.Count == 0) scope.Set("REPLY", Variable.Of(Word.Of(line)));
        var rest = line.AsSpan();
        for (var i = 0; i < options.Operands.Count; i++)
        {
            rest = rest.Trim(separators);
            var end = i == options.Operands.Count - 1 ? -1 : rest.IndexOfAny(separators);
            var field = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (options.Operands[i].Text is { } name) scope.Set(name, Variable.Of(Word.Of(field.ToString())));
        }
    }

    private Feed MapLines(Call call)
    {
        var mapping = Emit(call);
        var options = OptionReader.Read(call.Arguments, MapFileOptions);
        if (options.Value("-C") is { } callback) Code(callback, call.Scope.Clone(), Inside(call.Frame, mapping, Reach.Code), Reach.Code);
        var feed = call.Frame.Input;
        if (options.Value("-u")?.Text is { } number && int.TryParse(number, CultureInfo.InvariantCulture, out var descriptor)) feed = call.Scope.Input(descriptor) ?? Feed.Inherited;
        var name = options.Operands.Count > 0 ? options.Operands[^1].Text ?? "MAPFILE" : "MAPFILE";
        if (feed.Text is { } text && text.Length < 65536)
        {
            var elements = new List<(string, Word)>();
            foreach (var line in text.TrimEnd('\n').Split('\n'))
            {
                if (!_budget.Node()) break;
                elements.Add((elements.Count.ToString(CultureInfo.InvariantCulture), Word.Of(line)));
            }
            call.Scope.Set(name, new Variable { Values = [elements[0].Item2], Elements = elements });
        }
        else call.Scope.Set(name, Variable.Of(Variable.Unknown(name, true, Origin(feed))));
        return Feed.Nothing;
    }
}
