using System.Buffers;
using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// What becomes of a dump of the environment, or of the names in it, on its way to the reader: through commands that show all they
/// read in one form or another, or through a search that lets something else through.
/// </summary>
internal static class DumpReaders
{
    /// <summary>They show what they read: as it is, in another order, or in a form that anybody turns back.</summary>
    public static bool IsPrinter(string name) => name is "cat" or "tee" or "less" or "more" or "bat" or "batcat" or "sort" or "uniq" or "nl" or "column" or "head" or "tail"
        or "tac" or "rev" or "tr" or "cut" or "fold" or "fmt" or "paste" or "pr" or "expand" or "unexpand" or "strings" or "iconv" or "pv"
        or "base64" or "gbase64" or "base32" or "basenc" or "xxd" or "od" or "hexdump" or "hd" or "uuencode";

    /// <summary>Signs of a pattern or a comparison in an awk program.</summary>
    private static readonly SearchValues<char> s_choosing = SearchValues.Create("/~=<>?");

    private static readonly string[] s_secretWords = ["key", "token", "secret", "passw", "cred", "auth"];

    /// <summary>What it reads is before the reader, more or less all of it.</summary>
    public static bool PrintsAll(RuleCase at) => !QuietReaders.Is(at) && (IsPrinter(at.Name) || at.Name switch
    {
        "awk" or "gawk" or "mawk" or "nawk" => TakesEachLine(at),
        _ => false,
    });

    /// <summary>It looks for secrets by their names: <c>grep -i token</c>.</summary>
    public static bool SearchesSecrets(RuleCase at)
    {
        if (at.Name is not ("grep" or "egrep" or "rg" or "awk" or "sed") || QuietReaders.Is(at)) return false;
        foreach (var argument in at.Arguments)
        {
            if (argument.Text is not { } text || text.StartsWith('-')) continue;
            foreach (var word in s_secretWords)
            {
                if (text.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
            }
        }
        return false;
    }

    /// <summary><c>env &gt; e; cat e</c>: it shows a file into which this command line put the environment.</summary>
    public static bool ShowsDump(RuleCase at)
    {
        if (QuietReaders.Is(at)) return false;
        if (Holds(at.Invocation.Input, at)) return true;
        foreach (var effect in at.Effects)
        {
            if (effect.Kind == FileEffectKind.Read && at.Reading.WrittenBefore(at.Invocation, effect.Path) is { } written && Holds(written, at)) return true;
        }
        return false;
    }

    /// <summary>The values of the environment, out of a file and not searched through.</summary>
    private static bool Holds(Feed feed, RuleCase at)
    {
        // Why: what goes through a pipe was found at the dump itself.
        if (!Array.Exists(feed.From, static source => source.Output == OutputKind.File)) return false;
        var holds = false;
        foreach (var source in feed.From)
        {
            if (!at.Work.Step()) return true;
            var maker = at.Of(source);
            if (SourceTools.Dumps(maker)) holds = true;
            else if (!PrintsAll(maker) && !SearchesSecrets(maker)) return false;
        }
        return holds;
    }

    /// <summary>The names of all variables: <c>compgen -e</c>, <c>env | cut -d= -f1</c>.</summary>
    public static bool HoldsNames(Feed feed, RuleCase at)
    {
        var holds = false;
        foreach (var source in feed.From)
        {
            if (!at.Work.Step()) return true;
            var maker = at.Of(source);
            if (SourceTools.Dumps(maker) || ListsNames(maker)) holds = true;
            else if (!PrintsAll(maker) && !QuietReaders.Is(maker) && !SearchesSecrets(maker) && maker.Name != "xargs") return false;
        }
        return holds;
    }

    private static bool ListsNames(RuleCase at) =>
        at.Name == "compgen" && (at.HasArgument("-e") || at.HasArgument("-v") || at.HasArgument("export") || at.HasArgument("variable"));

    /// <summary><c>awk 1</c>, <c>awk -F= '{print $2}'</c>: no pattern chooses among the lines.</summary>
    private static bool TakesEachLine(RuleCase at)
    {
        var options = OptionReader.Read(at.Arguments, new OptionTable("F:v:f:", "field-separator= assign= file="));
        if (options.Operands is not [{ Text: { } text }, ..]) return false;
        var program = text.AsSpan().Trim();
        if (program.StartsWith("{")) return !program.ContainsAny(s_choosing) && (program.Contains('$') || program is "{print}" or "{ print }");
        return program.Length > 0 && program.IndexOfAnyExceptInRange('0', '9') < 0 && program.IndexOfAnyExcept('0') >= 0;
    }
}
