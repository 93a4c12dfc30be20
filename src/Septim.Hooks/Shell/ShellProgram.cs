namespace Septim.Hooks.Shell;

/// <summary>
/// The door to Shell/: text in, what it would run out. Pure: no disk, clock or environment but what the setting holds.
/// Never throws for any text; limits and syntax errors are in the reading.
/// </summary>
internal static class ShellProgram
{
    public static ShellReading Evaluate(string command, ShellSetting setting)
    {
        var invocations = new List<Invocation>();
        var words = new List<Word>();
        var start = 0;
        var text = new System.Text.StringBuilder();
        var inWord = false;
        var quote = '\0';
        for (var i = 0; i <= command.Length; i++)
        {
            var c = i < command.Length ? command[i] : ';';
            if (quote != 0 && i < command.Length)
            {
                if (c == quote) quote = '\0';
                else text.Append(c);
                continue;
            }
            if (c is '\'' or '"') { quote = c; inWord = true; }
            else if (c is ' ' or '\n' or ';' or '|' or '&')
            {
                if (inWord) words.Add(Word.Of(text.ToString()));
                text.Clear();
                inWord = false;
                if (c == ' ' || words.Count == 0) continue;
                invocations.Add(new Invocation
                {
                    Order = invocations.Count,
                    Name = ShellPath.Leaf(words[0].Text!),
                    Program = words[0],
                    Arguments = words[1..],
                    Directory = setting.WorkingDirectory,
                    Segment = new Segment(start, i - start),
                    Source = command[start..i],
                });
                words = [];
                start = i + 1;
            }
            else { text.Append(c); inWord = true; }
        }
        return new ShellReading { Command = command, Invocations = invocations };
    }
}
