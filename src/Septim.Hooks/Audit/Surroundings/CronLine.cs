namespace Septim.Hooks.Audit.Surroundings;

/// <summary>How often a schedule starts on a day on which it starts.</summary>
internal static class CronLine
{
    /// <returns>0 when it is no line of five fields.</returns>
    public static int RunsPerDay(string line)
    {
        var fields = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return fields.Length < 5 ? 0 : Count(fields[0], 60) * Count(fields[1], 24);
    }

    /// <summary>Values that one field allows: lists of numbers, ranges and steps.</summary>
    private static int Count(string field, int size)
    {
        var count = 0;
        foreach (var part in field.Split(','))
        {
            var slash = part.Split('/');
            var step = slash.Length > 1 && int.TryParse(slash[1], out var given) && given > 0 ? given : 1;
            var range = slash[0].Split('-');
            var width = slash[0] == "*" ? size : range.Length == 2 && int.TryParse(range[0], out var from) && int.TryParse(range[1], out var to) && to >= from ? to - from + 1 : slash.Length > 1 && int.TryParse(slash[0], out var start) ? size - start : 1;
            count += (width + step - 1) / step;
        }
        return Math.Min(count, size);
    }
}
