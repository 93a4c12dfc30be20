using System.Buffers;
using System.Text;

namespace Septim.Hooks.Shell.Code;

/// <summary>
/// Texts that a library quotes for a shell: Python's shlex, PHP's escapeshellarg, Ruby's Shellwords. What comes out is one word to the
/// shell, whatever is in it.
/// </summary>
internal static class ShellQuoting
{
    private static readonly SearchValues<char> s_special = SearchValues.Create("\\\"$`");

    private static readonly SearchValues<char> s_plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-");

    /// <summary>The text as one word of a command.</summary>
    public static CodeValue Quoted(CodeText text, CodeValue value)
    {
        if (value.Is(CodeTraits.AnyOf) && value.Items is { } choices) return new CodeValue { Items = Array.ConvertAll(choices, choice => Quoted(text, choice)), Traits = CodeTraits.AnyOf }.From(value);
        return value.Text is { } known && text.Work.Fold(2L * known.Length) ? value.With(Word(known)) : value.With(null);
    }

    /// <summary>The words of a list as one command.</summary>
    public static CodeValue Joined(CodeText text, CodeValue words)
    {
        if (words.Items is not { } items || words.Is(CodeTraits.AnyOf)) return words.With(null);
        var command = new StringBuilder();
        var origins = CodeValue.Unknown;
        foreach (var item in items)
        {
            if (command.Length > 0) command.Append(' ');
            command.Append(Quoted(text, item).Text ?? text.Unknown("word"));
            origins = CodeFlow.Mixed(origins, CodeFlow.Origins(item));
        }
        return CodeValue.Of(command.ToString()).From(origins);
    }

    // Why double quotes: what is not known inside them is still one word.
    private static string Word(string text)
    {
        if (text.Length > 0 && text.AsSpan().IndexOfAnyExcept(s_plain) < 0) return text;
        var word = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (s_special.Contains(c)) word.Append('\\');
            word.Append(c);
        }
        return word.Append('"').ToString();
    }
}
