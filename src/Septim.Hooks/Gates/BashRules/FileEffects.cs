using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>What each tool does to which of its operands. The places are judged by the rules; here is only what the manual pages say.</summary>
internal static class FileEffects
{
    private static readonly OptionTable Rm = new("firvdIP", "force recursive interactive=? one-file-system no-preserve-root preserve-root=? dir verbose help version");

    public static List<FileEffect> Of(RuleCase at)
    {
        var effects = new List<FileEffect>();
        switch (at.Name)
        {
            case "rm": Remove(at, effects); break;
        }
        return effects;
    }

    private static void Remove(RuleCase at, List<FileEffect> effects)
    {
        var given = OptionReader.Read(at.Arguments, Rm);
        if (given.Has("--help", "--version")) return;
        var tree = given.Has("-r", "-R", "--recursive") || given.MayHaveMore;
        foreach (var operand in given.Operands)
        {
            effects.Add(new FileEffect(tree ? FileEffectKind.RemoveTree : FileEffectKind.Remove, operand, at.PlaceOf(operand))
            {
                IsForced = given.Has("-f", "--force"),
            });
        }
    }
}
