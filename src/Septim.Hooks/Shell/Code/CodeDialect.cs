namespace Septim.Hooks.Shell.Code;

/// <summary>How a language is written, as far as the tokenizer and the expression reader must know.</summary>
/// <param name="Language">Which one.</param>
/// <param name="HashComments"><c>#</c> begins a comment.</param>
/// <param name="SlashComments"><c>//</c> and <c>/* */</c> are comments.</param>
/// <param name="Sigils">Names may begin with <c>$ @ %</c>.</param>
/// <param name="DotJoins"><c>.</c> joins texts; members are reached by <c>-&gt;</c> and <c>::</c>.</param>
/// <param name="BareCalls">A call needs no brackets: <c>system "ls"</c>.</param>
/// <param name="ShellQuotes">Backticks are a shell command.</param>
/// <param name="Regex">A slash where a value is expected begins a regular expression.</param>
internal sealed record CodeDialect(
    CodeLanguage Language, bool HashComments, bool SlashComments, bool Sigils, bool DotJoins, bool BareCalls, bool ShellQuotes, bool Regex)
{
    public static CodeDialect Of(CodeLanguage language) => language switch
    {
        CodeLanguage.Python => new(language, true, false, false, false, false, false, false),
        CodeLanguage.JavaScript => new(language, false, true, true, false, false, false, true),
        CodeLanguage.Perl => new(language, true, false, true, true, true, true, true),
        CodeLanguage.Ruby => new(language, true, false, true, false, true, true, true),
        CodeLanguage.Php => new(language, true, true, true, true, false, true, false),
        CodeLanguage.Awk => new(language, true, false, true, false, false, false, true),
        CodeLanguage.Compiled => new(language, false, true, false, false, false, false, false),
        _ => new(language, false, false, false, false, true, true, false),
    };

    /// <summary>A line's end ends a statement.</summary>
    public bool LinesEnd => Language is CodeLanguage.Python or CodeLanguage.Ruby or CodeLanguage.Awk or CodeLanguage.Other;
}
