namespace Septim.Hooks.Shell.Code;

/// <summary>The standard input and the arguments of the code, by the names that each language has for them.</summary>
internal static class Streams
{
    /// <summary>What the name stands for, or null when it is none of them.</summary>
    public static CodeValue? Of(CodeLanguage language, CodeText text, CodeEffects effects, string name) => (language, name) switch
    {
        (CodeLanguage.Ruby, "STDIN" or "$stdin") or (CodeLanguage.Perl or CodeLanguage.Php, "STDIN" or "<STDIN>") => effects.ReadInput(),
        (CodeLanguage.Ruby, "ARGF" or "gets" or "readline" or "readlines") or (CodeLanguage.Perl, "<>" or "<ARGV>") => Lines(text, effects),
        (CodeLanguage.Ruby, "ARGV") or (CodeLanguage.Perl, "@ARGV" or "$ARGV") => Arguments(text, null),
        (CodeLanguage.Php, "$argv") => Arguments(text, text.Setting.File ?? "Standard input code"),
        _ => null,
    };

    /// <summary><c>sys.stdin</c>, <c>process.argv</c>.</summary>
    public static CodeValue? OfMember(CodeText text, CodeEffects effects, string? owner, string name) => (owner, name) switch
    {
        ("sys", "stdin") or ("process", "stdin") or ("Bun", "stdin") or ("Deno", "stdin") => effects.ReadInput(),
        ("sys", "argv") => Arguments(text, text.Setting.File ?? "-c"),
        ("process", "argv") or ("Bun", "argv") => text.Setting.File is { } file ? Arguments(text, "node", file) : Arguments(text, "node"),
        ("Deno", "args") => Arguments(text, null),
        _ => null,
    };

    /// <summary>The lines of the files that the arguments name, else of the input.</summary>
    public static CodeValue Lines(CodeText text, CodeEffects effects)
    {
        if (text.Setting.Arguments.Length == 0) return effects.ReadInput();
        var all = CodeValue.Unknown;
        foreach (var argument in text.Setting.Arguments)
        {
            if (text.Work.Look()) all = CodeValue.Mixed(all, effects.Read(CodeValue.Of(text.FromWord(argument)), 0, 0));
        }
        return all;
    }

    private static CodeValue? Arguments(CodeText text, params ReadOnlySpan<string?> before)
    {
        var given = text.Setting.Arguments;
        if (given.Length == 0 || !text.Work.Fold(given.Length)) return null;
        var values = new List<CodeValue>();
        foreach (var own in before)
        {
            if (own is not null) values.Add(CodeValue.Of(own));
        }
        foreach (var word in given) values.Add(CodeValue.Of(text.FromWord(word)));
        return CodeValue.List([.. values]);
    }
}
