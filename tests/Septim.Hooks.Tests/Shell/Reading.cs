using Septim.Hooks.Shell;

namespace Septim.Hooks.Tests.Shell;

/// <summary>Reads commands in the corpus' default place and says what would run, one line a command.</summary>
internal static class Reading
{
    public static readonly ShellSetting Setting = new("/home/dev/project", "/home/dev", "/home/dev/project");

    public static ShellReading Of(string command) => ShellProgram.Evaluate(command, Setting);

    /// <summary><c>cd / | rm -rf '*'</c>: every invocation with its words; words that would need quotes get them.</summary>
    public static string Runs(string command)
    {
        var said = new List<string>();
        foreach (var invocation in Of(command).Invocations)
        {
            if (invocation.Program is not null) said.Add(Say(invocation));
        }
        return string.Join(" | ", said);
    }

    /// <summary>The last invocation alone.</summary>
    public static string Last(string command) => Say(Of(command).Invocations[^1]);

    public static string Say(Invocation invocation)
    {
        var words = new List<string> { invocation.Name.Length == 0 ? "?" : invocation.Name };
        foreach (var argument in invocation.Arguments)
        {
            var text = argument.Shown.Replace("\n", "\\n", StringComparison.Ordinal);
            words.Add(text.Length == 0 || text.Contains(' ', StringComparison.Ordinal) ? $"'{text}'" : text);
        }
        return string.Join(' ', words);
    }

    public static Invocation? Find(ShellReading reading, string name)
    {
        foreach (var invocation in reading.Invocations)
        {
            if (invocation.Name == name) return invocation;
        }
        return null;
    }
}
