using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Tools that change modes, owners and attributes.</summary>
internal static class ModeTools
{
    private static readonly OptionTable s_chmod = new("cfvR", "changes silent quiet verbose recursive reference= no-preserve-root preserve-root");
    private static readonly OptionTable s_setfacl = new("bkdRLPx:X:m:M:n", "modify= modify-file= remove= remove-file= set= set-file= restore= remove-all remove-default default recursive test");

    public static void Add(RuleCase at, List<FileEffect> effects)
    {
        var given = at.Name == "setfacl" ? OptionReader.Read(at.Arguments, s_setfacl) : Chmod(at.Arguments);
        if (given.Has("--test")) return;
        var first = at.Name == "setfacl" || given.Has("--reference") ? 0 : 1;
        var kind = given.Has("-R", "--recursive") ? FileEffectKind.ModeTree : FileEffectKind.Mode;
        FileEffects.AddAll(at, effects, kind, given.Operands, first);
    }

    /// <summary>Options and operands; a mode such as <c>-w</c> or <c>-x</c> is the first operand, as chmod itself takes it.</summary>
    public static OptionReading Chmod(Word[] arguments)
    {
        var words = new Word[arguments.Length];
        var onlyOptions = true;
        for (var i = 0; i < words.Length; i++)
        {
            var isMode = onlyOptions && arguments[i].Text is ['-', 'r' or 'w' or 'x' or 's' or 't' or 'X', ..];
            words[i] = isMode ? Word.Of("a" + arguments[i].Text) : arguments[i];
            onlyOptions &= words[i].StartsWith("-");
        }
        return OptionReader.Read(words, s_chmod);
    }
}
