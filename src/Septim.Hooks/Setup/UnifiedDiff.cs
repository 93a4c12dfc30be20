using System.Text;

namespace Septim.Hooks.Setup;

/// <summary>The difference of two texts in the unified format that people and <c>patch</c> read.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <returns>Empty when the texts are equal.</returns>
    public static string Of(string oldName, string newName, string oldText, string newText)
    {
        if (oldText == newText) return "";
        var a = Lines(oldText);
        var b = Lines(newText);
        var steps = Steps(a, b);
        var diff = new StringBuilder($"--- {oldName}\n+++ {newName}\n");
        for (var i = 0; i < steps.Count;)
        {
            if (steps[i].Kind == ' ') { i++; continue; }
            var from = Math.Max(0, i - Context);
            var to = i;
            for (var j = i; j < steps.Count && j <= to + 2 * Context; j++)
                if (steps[j].Kind != ' ') to = j;
            to = Math.Min(steps.Count - 1, to + Context);
            WriteHunk(diff, steps.GetRange(from, to - from + 1));
            i = to + 1;
        }
        return diff.ToString();
    }

    private static void WriteHunk(StringBuilder diff, List<Step> steps)
    {
        var oldCount = steps.Count(step => step.Kind != '+');
        var newCount = steps.Count(step => step.Kind != '-');
        diff.Append($"@@ -{Range(steps[0].OldLine, oldCount)} +{Range(steps[0].NewLine, newCount)} @@\n");
        foreach (var step in steps)
        {
            diff.Append(step.Kind).Append(step.Text.TrimEnd('\n')).Append('\n');
            if (!step.Text.EndsWith('\n')) diff.Append("\\ No newline at end of file\n");
        }
    }

    private static string Range(int line, int count) => $"{(count == 0 ? line : line + 1)},{count}";

    private static List<Step> Steps(List<string> a, List<string> b)
    {
        var head = 0;
        while (head < a.Count && head < b.Count && a[head] == b[head]) head++;
        var tail = 0;
        while (tail < a.Count - head && tail < b.Count - head && a[^(tail + 1)] == b[^(tail + 1)]) tail++;
        int rows = a.Count - head - tail, columns = b.Count - head - tail;
        var longest = new int[rows + 1, columns + 1];
        for (var i = rows - 1; i >= 0; i--)
            for (var j = columns - 1; j >= 0; j--)
                longest[i, j] = a[head + i] == b[head + j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);

        var steps = new List<Step>();
        int x = 0, y = 0;
        void Same() => steps.Add(new Step(' ', a[x], x++, y++));
        while (x < head) Same();
        while (x < head + rows || y < head + columns)
        {
            if (x < head + rows && y < head + columns && a[x] == b[y]) Same();
            else if (y >= head + columns || (x < head + rows && longest[x - head + 1, y - head] >= longest[x - head, y - head + 1])) steps.Add(new Step('-', a[x], x++, y));
            else steps.Add(new Step('+', b[y], x, y++));
        }
        while (x < a.Count) Same();
        return steps;
    }

    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..next]);
            start = next;
        }
        return lines;
    }

    private readonly record struct Step(char Kind, string Text, int OldLine, int NewLine);
}
