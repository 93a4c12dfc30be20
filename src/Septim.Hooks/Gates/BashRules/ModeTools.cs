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
    public static OptionReading Chmod(IReadOnlyList<Word> arguments)
    {
        var words = new List<Word>(arguments.Count);
        foreach (var word in arguments)
        {
            var isMode = word.Text is ['-', 'r' or 'w' or 'x' or 's' or 't' or 'X', ..] && words.TrueForAll(seen => seen.StartsWith("-"));
            words.Add(isMode ? Word.Of("a" + word.Text) : word);
        }
        return OptionReader.Read(words, s_chmod);
    }
}
