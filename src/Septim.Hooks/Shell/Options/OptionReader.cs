namespace Septim.Hooks.Shell;

/// <summary>Sorts arguments into options and operands as the tool's own getopt does.</summary>
internal static class OptionReader
{
    /// <summary>Reads <paramref name="arguments"/> from index <paramref name="start"/> on.</summary>
    public static OptionReading Read(ReadOnlySpan<Word> arguments, OptionTable table, int start = 0)
    {
        var reading = new OptionReading { FirstOperand = arguments.Length };
        for (var i = start; i < arguments.Length; i++)
        {
            var word = arguments[i];
            var head = word.HasUnknown ? word.Prefix : word.Text!;
            if (head.Length < 2 || head[0] != '-')
            {
                if (head.Length == 0 && word.HasUnknown && !word.IsQuoted) reading.MayHaveMore = true;
                if (reading.FirstOperand == arguments.Length) reading.FirstOperand = i;
                if (table.StopsAtOperand) { AddAll(reading, arguments, i); break; }
                reading.AddOperand(word);
            }
            else if (head == "--" && !word.HasUnknown)
            {
                reading.OperandsBeforeDashes = reading.Operands.Count;
                if (reading.FirstOperand == arguments.Length) reading.FirstOperand = i + 1;
                AddAll(reading, arguments, i + 1);
                break;
            }
            else if (table.SingleDash || head[1] == '-') i = Long(reading, arguments, table, i, head);
            else i = Cluster(reading, arguments, table, i, head);
        }
        return reading;
    }

    private static void AddAll(OptionReading reading, ReadOnlySpan<Word> arguments, int from)
    {
        for (var i = from; i < arguments.Length; i++) reading.AddOperand(arguments[i]);
    }

    private static int Long(OptionReading reading, ReadOnlySpan<Word> arguments, OptionTable table, int i, string head)
    {
        var dashes = head[1] == '-' ? 2 : 1;
        var equals = head.IndexOf('=', dashes);
        var given = equals < 0 ? head.AsSpan(dashes) : head.AsSpan(dashes, equals - dashes);
        var entry = Find(table, given);
        var name = entry.IsEmpty ? given : entry.TrimEnd("=?");
        var full = string.Concat("--", name);
        if (equals >= 0) reading.Add(full, arguments[i].From(equals + 1), i);
        else if (entry.EndsWith("=") && i + 1 < arguments.Length) { reading.Add(full, arguments[i + 1], i); i++; }
        else reading.Add(full, null, i);
        return i;
    }

    /// <summary>The table's entry of that name, or the only one that it begins (the first, when all its matches agree).</summary>
    private static ReadOnlySpan<char> Find(OptionTable table, ReadOnlySpan<char> given)
    {
        ReadOnlySpan<char> found = default;
        var several = false;
        foreach (var range in table.Long.AsSpan().Split(' '))
        {
            var entry = table.Long.AsSpan(range);
            var name = entry.TrimEnd("=?");
            if (name.SequenceEqual(given)) return entry;
            if (table.ExactLong || given.IsEmpty || !name.StartsWith(given)) continue;
            if (!found.IsEmpty) several = true;
            found = entry;
        }
        return several ? default : found;
    }

    private static int Cluster(OptionReading reading, ReadOnlySpan<Word> arguments, OptionTable table, int i, string head)
    {
        UInt128 seen = 0;
        for (var c = 1; c < head.Length; c++)
        {
            // Why: a flag given again in one cluster says nothing new, and a cluster may be a mebibyte.
            var bit = UInt128.One << (head[c] & 127);
            if (c > 8 && (seen & bit) != 0) continue;
            seen |= bit;
            var at = head[c] == ':' ? -1 : table.Short.IndexOf(head[c]);
            var takes = at >= 0 && at + 1 < table.Short.Length && table.Short[at + 1] == ':';
            var name = "-" + head[c];
            if (!takes) { reading.Add(name, null, i); continue; }
            var attachedOnly = at + 2 < table.Short.Length && table.Short[at + 2] == ':';
            var rest = arguments[i].From(c + 1);
            if (rest.Pieces.Length > 0) reading.Add(name, rest, i);
            else if (!attachedOnly && i + 1 < arguments.Length) { reading.Add(name, arguments[i + 1], i); i++; }
            else reading.Add(name, null, i);
            return i;
        }
        return i;
    }
}
