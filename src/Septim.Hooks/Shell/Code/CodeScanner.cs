namespace Septim.Hooks.Shell.Code;

/// <summary>Finds what code of another language does: one small tokenizer a language, strings and comments apart.</summary>
internal static class CodeScanner
{
    /// <summary>Adds what <paramref name="code"/> runs, deletes or writes, in order. Unreadable code adds nothing; never throws.</summary>
    /// <param name="language">Any language but <see cref="CodeLanguage.Shell"/>.</param>
    /// <param name="code">The text, its unknown parts as <see cref="Word"/> pieces.</param>
    /// <param name="calls">Gets the findings.</param>
    public static void Scan(CodeLanguage language, Word code, List<CodeCall> calls)
    {
    }
}
