using Septim.Hooks.Shell.PowerShell;

namespace Septim.Hooks.Shell.Code;

/// <summary>Finds what code of another language does: one small tokenizer for all, with the differences in <see cref="CodeDialect"/>.</summary>
internal static class CodeScanner
{
    /// <summary>Literal code inside code (<c>exec("…")</c>) is read this deep.</summary>
    public const int MostLevels = 4;

    /// <summary>Adds what <paramref name="code"/> runs, deletes or writes, in order. Unreadable code adds nothing; never throws.</summary>
    /// <param name="language">Any language but <see cref="CodeLanguage.Shell"/>.</param>
    /// <param name="code">The text, its unknown parts as <see cref="Word"/> pieces.</param>
    /// <param name="calls">Gets the findings.</param>
    /// <param name="work">What it may cost, shared by all code of one command.</param>
    /// <param name="setting">Where it stands and what it was given.</param>
    public static void Scan(CodeLanguage language, Word code, List<CodeCall> calls, CodeWork work, CodeSetting? setting = null) => Scan(language, code, calls, work, 0, setting);

    internal static void Scan(CodeLanguage language, Word code, List<CodeCall> calls, CodeWork work, int level, CodeSetting? setting = null)
    {
        var text = new CodeText(code, work, setting);
        Read(language, text, calls, level);
        if (work.IsCut && level == 0) new CodeEffects(text, calls, level).Unread();
    }

    private static void Read(CodeLanguage language, CodeText text, List<CodeCall> calls, int level)
    {
        var dialect = CodeDialect.Of(language);
        var effects = new CodeEffects(text, calls, level);
        switch (language)
        {
            case CodeLanguage.Awk:
                AwkReader.Read(text, new CodeLexer(text, dialect).Read(0, text.Text.Length), effects);
                return;
            case CodeLanguage.PowerShell:
                new PowerShellReader(text, effects).Read();
                effects.Finish(text.Text.Length);
                return;
            case CodeLanguage.Cmd:
                CmdReader.Read(text, effects);
                return;
            default:
                break;
        }
        effects.FollowsValues = true;
        effects.StartsWhereItIs = true;
        effects.ReadsShow = language is CodeLanguage.Other or CodeLanguage.Compiled;
        var variables = new Dictionary<string, CodeValue>();
        if (text.Setting.ReadsLines) variables["_"] = Streams.Lines(text, effects);
        var functions = new Dictionary<string, List<string>>();
        var readsTwice = NamesBeforeUse(language, text.Text);
        var lexer = new CodeLexer(text, dialect, readsTwice);
        if (readsTwice)
        {
            effects.IsMuted = true;
            new CodeWalker(dialect, text, lexer, effects, variables, functions).Walk(0, text.Text.Length);
            effects.IsMuted = false;
            effects.Directory = null;
        }
        new CodeWalker(dialect, text, lexer, effects, variables, functions).Walk(0, text.Text.Length);
        if (text.Setting is { ReadsLines: true, ShowsValues: true }) effects.Show(variables["_"], 0, text.Text.Length);
        effects.Finish(text.Text.Length);
    }

    /// <summary>Comprehensions and functions may use what is bound further right or below.</summary>
    private static bool NamesBeforeUse(CodeLanguage language, string code) =>
        (language == CodeLanguage.JavaScript && code.Contains("=>", StringComparison.Ordinal)) || (language == CodeLanguage.Php && code.Contains("fn", StringComparison.Ordinal))
        || (language == CodeLanguage.Python && code.Contains("lambda", StringComparison.Ordinal)) || (language == CodeLanguage.Compiled && code.Contains("func ", StringComparison.Ordinal))
        || (language == CodeLanguage.JavaScript && code.Contains("class ", StringComparison.Ordinal)) ||
        code.Contains(" for ", StringComparison.Ordinal) || code.Contains("def ", StringComparison.Ordinal)
        || code.Contains("function", StringComparison.Ordinal) || code.Contains("sub ", StringComparison.Ordinal);
}
