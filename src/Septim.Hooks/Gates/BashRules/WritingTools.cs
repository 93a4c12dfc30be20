using Septim.Hooks.Shell;
using Septim.Hooks.Shell.Evaluation;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Tools that write a file named by an operand or an option.</summary>
internal static class WritingTools
{
    private static readonly OptionTable s_tee = new("aip", "append ignore-interrupts output-error=?");
    private static readonly OptionTable s_truncate = new("cor:s:", "no-create io-blocks reference= size=");
    private static readonly OptionTable s_fallocate = new("cdil:no:pvxz", "collapse-range dig-holes insert-range length= offset= punch-hole zero-range");
    private static readonly OptionTable s_sort = new("bdfgiMhnRrVck:mo:S:st:T:uz", "output= key= field-separator= buffer-size= temporary-directory= compress-program= files0-from=");
    private static readonly OptionTable s_touch = new("acd:fhmr:t:", "date= reference= time= no-create");

    public static void Add(RuleCase at, List<FileEffect> effects)
    {
        switch (at.Name)
        {
            case "tee":
                var tee = OptionReader.Read(at.Arguments, s_tee);
                FileEffects.AddAll(at, effects, tee.Has("-a", "--append") ? FileEffectKind.Append : FileEffectKind.Write, tee.Operands);
                break;
            case "sponge":
                FileEffects.AddAll(at, effects, FileEffectKind.Write, OptionReader.Read(at.Arguments, s_tee).Operands);
                break;
            case "dd": Dd(at, effects); break;
            case "truncate":
                var truncate = OptionReader.Read(at.Arguments, s_truncate);
                var empties = truncate.Value("-s", "--size")?.Text is { } size && size.TrimStart('0', '=').Length == 0;
                FileEffects.AddAll(at, effects, empties ? FileEffectKind.Empty : FileEffectKind.Append, truncate.Operands);
                break;
            case "fallocate":
                FileEffects.AddAll(at, effects, FileEffectKind.Write, OptionReader.Read(at.Arguments, s_fallocate).Operands);
                break;
            case "sed" or "gsed": Sed(at, effects); break;
            case "perl": Perl(at, effects); break;
            case "sort":
                var sort = OptionReader.Read(at.Arguments, s_sort);
                FileEffects.AddOne(at, effects, FileEffectKind.Write, sort.Value("-o", "--output"));
                FileEffects.AddAll(at, effects, FileEffectKind.Read, sort.Operands);
                break;
            case "curl" or "wget" or "wget2" or "curlie" or "http" or "https" or "httpie" or "xh" or "xhs" or "aria2c" or "axel": Download(at, effects); break;
            case "openssl": Openssl(at, effects); break;
            case "gpg":
                var gpg = OptionReader.Read(at.Arguments, new OptionTable("o:r:u:c", "output= recipient= local-user= passphrase= passphrase-file= homedir= keyserver= batch"));
                FileEffects.AddOne(at, effects, FileEffectKind.Write, gpg.Value("-o", "--output"));
                FileEffects.AddAll(at, effects, FileEffectKind.Read, gpg.Operands);
                break;
            case "patch": PatchFiles.Add(at, effects); break;
            case "touch":
                FileEffects.AddAll(at, effects, FileEffectKind.Append, OptionReader.Read(at.Arguments, s_touch).Operands);
                break;
            case "mkdir":
                break;
            case "patchelf" or "chrpath" or "objcopy" or "strip" or "install_name_tool":
                if (at.HasArgument("-l") || at.HasArgument("--list") || at.Arguments[0].StartsWith("--print")) break;
                FileEffects.AddOne(at, effects, FileEffectKind.Append, at.Arguments[^1]);
                break;
            case "ed" or "ex" when at.Invocation.Input.Text is { } script && script.Contains('p', StringComparison.Ordinal):
                Editor(at, effects);
                foreach (var argument in at.Arguments)
                {
                    if (!argument.StartsWith("-")) FileEffects.AddOne(at, effects, FileEffectKind.Read, argument);
                }
                break;
            case "vim" or "vi" or "nvim" when PrintsLines(at):
                foreach (var argument in at.Arguments)
                {
                    if (!argument.StartsWith("-") && !argument.StartsWith("+")) FileEffects.AddOne(at, effects, FileEffectKind.Read, argument);
                }
                Editor(at, effects);
                break;
            default: Editor(at, effects); break;
        }
    }

    private static void Dd(RuleCase at, List<FileEffect> effects)
    {
        var empties = at.HasArgument("if=/dev/null") && !at.HasArgument("conv=notrunc") && !at.HasArgument("oflag=append");
        foreach (var argument in at.Arguments)
        {
            if (argument.StartsWith("of=")) FileEffects.AddOne(at, effects, empties ? FileEffectKind.Empty : FileEffectKind.Write, argument.From(3));
            else if (argument.StartsWith("if=")) FileEffects.AddOne(at, effects, FileEffectKind.Read, argument.From(3));
        }
    }

    private static void Sed(RuleCase at, List<FileEffect> effects)
    {
        var given = OptionReader.Read(at.Arguments, SedScript.Options);
        var script = SedScript.Of(given, out var first);
        var isInPlace = given.Has("-i", "--in-place");
        FileEffects.AddAll(at, effects, isInPlace ? script?.Trim() is "d" or "1,$d" or "s/.*//" or "/.*/d" ? FileEffectKind.Empty : FileEffectKind.Append : FileEffectKind.Read, given.Operands, first);
        if (script is null || given.Has("--sandbox")) return;
        foreach (var command in SedScript.Read(script))
        {
            if (command.Writes) FileEffects.AddOne(at, effects, FileEffectKind.Write, Word.Of(command.File));
            // Why: with -i what is read goes into the files and not before the reader.
            else if (command.Reads && !isInPlace) FileEffects.AddOne(at, effects, FileEffectKind.Read, Word.Of(command.File));
        }
    }

    // Why: behind -l and -0 may stand digits alone, so that -0777ne and -lane end in -e.
    private static readonly OptionTable s_perl = new("acde:E:fF:i::I:lm:M:npsStTuUvVwWx0123456789");

    private static void Perl(RuleCase at, List<FileEffect> effects)
    {
        var given = OptionReader.Read(at.Arguments, s_perl);
        if (!given.Has("-e", "-E")) return;
        FileEffects.AddAll(at, effects, given.Has("-i") ? FileEffectKind.Append : FileEffectKind.Read, given.Operands);
    }

    private static void Download(RuleCase at, List<FileEffect> effects)
    {
        var request = NetworkTool.Read(at);
        if (request is null) return;
        FileEffects.AddOne(at, effects, FileEffectKind.Write, request.WritesTo);
        foreach (var url in request.Urls)
        {
            if (url.Text is { } text && text.StartsWith("file://", StringComparison.OrdinalIgnoreCase)) FileEffects.AddOne(at, effects, FileEffectKind.Read, Word.Of(text[7..]));
        }
        OutputOptions.Add(at, effects);
        foreach (var file in request.Uploads) FileEffects.AddOne(at, effects, FileEffectKind.Read, file);
    }

    private static void Openssl(RuleCase at, List<FileEffect> effects)
    {
        var given = OptionReader.Read(at.Arguments, new OptionTable("", "in= out= key= cert= CAfile= inkey= pass= passin= passout= k= K= iv= keyout= config= subj= days=") { SingleDash = true });
        FileEffects.AddOne(at, effects, FileEffectKind.Write, given.Value("--out"));
        FileEffects.AddOne(at, effects, FileEffectKind.Read, given.Value("--in"));
    }

    /// <summary><c>vim -es '+%p' f</c>: without a screen, what it is told to print goes to its output.</summary>
    public static bool PrintsLines(RuleCase at)
    {
        bool silent = false, prints = false;
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            var text = at.Arguments[i].Shown;
            silent |= text is "-e" or "-es" or "-E" or "-Es" or "-s" or "-esn";
            var command = text.StartsWith('+') ? text[1..] : i > 0 && at.Arguments[i - 1].Text is "-c" ? text : "";
            prints |= command.TrimStart('%', ',', '$', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9') is "p" or "print" or "P" or "nu" or "number" or "#" or "l" or "list";
        }
        return silent && prints;
    }

    private static void Editor(RuleCase at, List<FileEffect> effects)
    {
        foreach (var argument in at.Arguments)
        {
            if (!argument.StartsWith("-") && !argument.StartsWith("+")) FileEffects.AddOne(at, effects, FileEffectKind.Append, argument);
        }
    }
}
