using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// What each tool does to which of its operands, as its manual page says; the places are judged by the rules.
/// Options that are missing from a table are flags.
/// </summary>
internal static class FileEffects
{
    private static readonly OptionTable s_image = new("hcCWnUqpf:t:T:O:B:F:o:l:S:r:m:", "image-opts target-image-opts object= bitmaps skip-broken-bitmaps salvage target-is-zero");
    private static readonly OptionTable s_flash = new("d:y", "drive= yes");
    private static readonly OptionTable s_sudo = new("AbBC:D:eEg:HikKlnNp:PR:r:sSt:T:u:U:vV", "close-from= chdir= edit group= host= prompt= chroot= role= type= command-timeout= other-user= user=") { StopsAtOperand = true };
    private static readonly OptionTable s_xargs = new("0oprtxa:d:E:e::I:i::J:L:l::n:P:s:R:S:", "null arg-file= delimiter= eof=? replace=? max-lines=? max-args= max-procs= max-chars= process-slot-var=") { StopsAtOperand = true };

    public static List<FileEffect> Of(RuleCase at)
    {
        var effects = new List<FileEffect>();
        foreach (var redirect in at.Invocation.Redirects) Redirected(at, redirect, effects);
        Opened(at, effects);
        // Why: patch needs no argument to write.
        if ((at.Arguments.Length == 0 && at.Name != "patch") || at.AsksForHelp) return effects;
        switch (at.Name)
        {
            case "rm" or "unlink" or "rmdir" or "srm" or "shred" or "wipe" or "scrub" or "rimraf" or "del-cli" or "rmtrash" or "premove" or "find":
                RemovingTools.Add(at, effects);
                break;
            case "mv" or "cp" or "gcp" or "gmv" or "install" or "ln" or "rsync" or "scp" or "ditto" or "tar" or "bsdtar" or "zip" or "unzip" or "7z" or "7za" or "7zz" or "7zr" or "cpio" or "pax" or "gzip" or "bzip2" or "xz" or "zstd" or "lzma" or "compress":
                CopyingTools.Add(at, effects);
                break;
            case "tee" or "sponge" or "dd" or "truncate" or "fallocate" or "sed" or "gsed" or "perl" or "sort" or "curl" or "wget" or "wget2" or "curlie" or "http" or "https" or "httpie" or "xh" or "xhs" or "aria2c" or "axel" or "openssl" or "gpg" or "ex" or "ed"
                or "patch" or "touch" or "mkdir" or "vim" or "vi" or "nvim" or "nano" or "emacs" or "sudoedit" or "patchelf" or "chrpath" or "objcopy" or "strip" or "install_name_tool":
                WritingTools.Add(at, effects);
                break;
            case "chmod" or "chown" or "chgrp" or "setfacl" or "chattr" or "chflags" or "xattr":
                ModeTools.Add(at, effects);
                break;
            case "certutil" or "bitsadmin" when at.Arguments.Length > 1 && !at.HasArgument("-hashfile") && !at.HasArgument("-L"):
                AddOne(at, effects, FileEffectKind.Write, at.Arguments[^1]);
                break;
            case "gawk" when at.HasArgument("inplace"):
                ReadingTools.Add(at, effects);
                for (var i = effects.Count - 1; i >= 0; i--)
                {
                    if (effects[i].Kind == FileEffectKind.Read) effects[i] = effects[i] with { Kind = FileEffectKind.Append };
                }
                break;
            case "git":
                GitFiles(at, effects);
                break;
            case "qemu-img" when at.Argument(0) is "convert":
                var image = OptionReader.Read(at.Arguments, s_image, 1).Operands;
                if (image.Count > 1) AddOne(at, effects, FileEffectKind.Write, image[^1]);
                break;
            case "balena" when at.Argument(0) is "local" && at.Argument(1) is "flash":
                AddOne(at, effects, FileEffectKind.Write, OptionReader.Read(at.Arguments, s_flash, 2).Value("-d", "--drive"));
                break;
            case "sudo" when OptionReader.Read(at.Arguments, s_sudo) is var sudo && sudo.Has("-e", "--edit"):
                AddAll(at, effects, FileEffectKind.Append, sudo.Operands);
                break;
            case "xargs":
                AddOne(at, effects, FileEffectKind.Read, OptionReader.Read(at.Arguments, s_xargs).Value("-a", "--arg-file"));
                break;
            default:
                ReadingTools.Add(at, effects);
                OutputOptions.Add(at, effects);
                foreach (var target in FetchingTools.Targets(at)) AddOne(at, effects, FileEffectKind.Write, target);
                AddOne(at, effects, FileEffectKind.Write, FetchingTools.Copied(at));
                // Why: statements on a scratch database lose nothing, but the files they name are real.
                if (at.SqlTexts is { } texts) SqlFiles.Add(at, texts.Count > 0 ? texts : SqlClient.Statements(at, SqlClient.Of(at)!, true), effects);
                break;
        }
        return effects;
    }

    /// <summary>All operands, one kind.</summary>
    public static void AddAll(RuleCase at, List<FileEffect> effects, FileEffectKind kind, List<Word> operands, int from = 0, int to = int.MaxValue)
    {
        for (var i = from; i < operands.Count && i < to; i++) effects.Add(new FileEffect(kind, operands[i], at.PlaceOf(operands[i])));
    }

    public static void AddOne(RuleCase at, List<FileEffect> effects, FileEffectKind kind, Word? path)
    {
        if (path is not null) effects.Add(new FileEffect(kind, path, at.PlaceOf(path)));
    }

    /// <summary>What git writes outside its own directory, where an option or operand says.</summary>
    private static void GitFiles(RuleCase at, List<FileEffect> effects)
    {
        if (at.Git is not { } git) return;
        switch (git.Verb)
        {
            case "diff" or "log" or "show" or "format-patch" or "archive":
                AddOne(at, effects, FileEffectKind.Write, git.Read(new OptionTable("o:n:s:S:G:U:", "output= output-directory= remote= prefix= format= pretty=")).Value("-o", git.Verb == "format-patch" ? "--output-directory" : "--output"));
                break;
            case "apply": PatchFiles.AddApplied(at, git, effects); break;
            case "bundle" when git.Arguments.Length > 1 && git.Arguments[0].Is("create"):
                AddOne(at, effects, FileEffectKind.Write, git.Read(new OptionTable("q", "version= progress quiet")).Operands is { Count: > 1 } words ? words[1] : null);
                break;
        }
    }

    private static void Redirected(RuleCase at, Redirect redirect, List<FileEffect> effects)
    {
        if (redirect.Reads) AddOne(at, effects, FileEffectKind.Read, redirect.Target);
        if (!redirect.Writes) return;
        var kind = !redirect.Truncates ? FileEffectKind.Append : PrintsNothing(at) ? FileEffectKind.Empty : FileEffectKind.Write;
        AddOne(at, effects, kind, redirect.Target);
    }

    /// <summary><c>exec &lt; f; cat</c>, <c>exec 3&lt; f; cat &lt;&amp;3</c>: the input was opened by an earlier command.</summary>
    private static void Opened(RuleCase at, List<FileEffect> effects)
    {
        if (at.Invocation.Input is not { From.Length: 0, Files: { Length: > 0 } files }) return;
        foreach (var file in files)
        {
            var isOwn = false;
            foreach (var redirect in at.Invocation.Redirects) isOwn |= ReferenceEquals(redirect.Target, file);
            if (!isOwn) AddOne(at, effects, FileEffectKind.Read, file);
        }
    }

    private static bool PrintsNothing(RuleCase at) =>
        (at.Name.Length == 0 && at.Invocation.Program is null)
        || at.Name is ":" or "true" or "false"
        || (at.Name is "cat" && at.Arguments.Length == 1 && at.Arguments[0].Is("/dev/null"))
        || (at.Name is "echo" or "printf" && (at.Arguments.Length == 0 || (at.Arguments.Length == 1 && (at.Arguments[0].Is("") || at.Arguments[0].Is("-n")))));
}
