using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Tools with sources and one target: mv, cp, install, ln, rsync, scp, archives.</summary>
internal static class CopyingTools
{
    private static readonly OptionTable s_copy = new("abdfilLnprRst:S:TuvxZPH", "archive backup=? force interactive link no-clobber no-target-directory preserve=? recursive suffix= symbolic-link target-directory= update=? verbose parents reflink=? sparse=? context=?");
    private static readonly OptionTable s_install = new("bcCdDg:m:o:pS:st:Tv", "backup=? directory group= mode= owner= preserve-timestamps strip suffix= target-directory= no-target-directory");
    private static readonly OptionTable s_rsync = new("vqcarRbulLkKHpEAXogdtNnWxSyzhPie:f:FB:M:T:@:", "rsh= rsync-path= exclude= include= filter= exclude-from= include-from= files-from= backup-dir= suffix= chmod= chown= temp-dir= partial-dir= compare-dest= copy-dest= link-dest= max-size= min-size= bwlimit= port= log-file= password-file= out-format= delete delete-before delete-during delete-delay delete-after delete-excluded delete-missing-args remove-source-files dry-run list-only force timeout= info= debug= max-delete=");
    private static readonly OptionTable s_scp = new("346ABCc:D:F:i:J:l:o:P:pqrS:TvX:");
    private static readonly OptionTable s_tar = new("Acdrtuxf:C:T:X:I:b:g:K:N:H:V:zjJZapPvkmwhlOsS", "file= directory= files-from= exclude= exclude-from= use-compress-program= remove-files strip-components= transform= to-command= checkpoint=? checkpoint-action= create extract get list append update delete concatenate owner= group= mode= mtime= warning= one-top-level=? rsh-command= info-script= new-volume-script=");
    private static readonly OptionTable s_zip = new("b:n:t:i:x:P:O:s:lrmjuvqTye9@");

    public static void Add(RuleCase at, List<FileEffect> effects)
    {
        switch (at.Name)
        {
            case "rsync": Rsync(at, effects); break;
            case "scp": Scp(at, effects); break;
            case "tar" or "bsdtar": Tar(at, effects); break;
            case "zip" or "7z" or "7za" or "7zz" or "7zr": Zip(at, effects); break;
            case "cpio" or "pax": Cpio(at, effects); break;
            case "gzip" or "bzip2" or "xz" or "zstd" or "lzma" or "compress": Compress(at, effects); break;
            case "unzip": FileEffects.AddOne(at, effects, FileEffectKind.Write, OptionReader.Read(at.Arguments, new OptionTable("d:x:P:O:I:")).Value("-d")); break;
            default: Copy(at, effects); break;
        }
    }

    private static void Copy(RuleCase at, List<FileEffect> effects)
    {
        var given = OptionReader.Read(at.Arguments, at.Name == "install" ? s_install : s_copy);
        var operands = given.Operands;
        if (at.Name == "install" && given.Has("-d", "--directory")) { FileEffects.AddAll(at, effects, FileEffectKind.Append, operands); return; }
        var directory = given.Value("-t", "--target-directory");
        var target = directory ?? (operands.Count > 1 ? operands[^1] : null);
        var sources = directory is null ? operands.Count - 1 : operands.Count;
        var from = at.Name is "mv" or "gmv" ? FileEffectKind.MoveAway : FileEffectKind.Read;
        FileEffects.AddAll(at, effects, from, operands, 0, sources);
        if (target is null) return;
        var empties = (at.Name is "cp" or "gcp" or "install" || (at.Name is "ln" && given.Has("-f", "--force"))) && sources == 1 && operands.Count > 0 && operands[0].Is("/dev/null");
        var kind = empties ? FileEffectKind.Empty
            : given.Has("-n", "--no-clobber") && at.Name is not ("ln" or "install") ? FileEffectKind.Append
            : FileEffectKind.Write;
        effects.Add(new FileEffect(kind, target, at.PlaceOf(target)) { IsForced = given.Has("-f", "--force") });
        // Why: cp key dir writes dir/key; a secret or a start-up file is known by that name.
        for (var i = 0; i < sources; i++) IntoDirectory(at, effects, kind, operands[i], target, directory is not null);
    }

    private static void IntoDirectory(RuleCase at, List<FileEffect> effects, FileEffectKind kind, Word source, Word target, bool isDirectory)
    {
        if (source.Text is not { } from || target.Text is not { } to || target.HasGlob) return;
        if (!isDirectory && !to.EndsWith('/') && to is not ("." or ".." or "~")) return;
        var name = ShellPath.Leaf(from.TrimEnd('/'));
        if (name.Length == 0) return;
        FileEffects.AddOne(at, effects, kind, Word.Of(to.TrimEnd('/') + "/" + name));
    }

    private static void Rsync(RuleCase at, List<FileEffect> effects)
    {
        var given = OptionReader.Read(at.Arguments, s_rsync);
        if (given.Has("-n", "--dry-run") || given.Has("--list-only") || given.Operands.Count < 2) return;
        var target = given.Operands[^1];
        var moves = given.Has("--remove-source-files");
        for (var i = 0; i < given.Operands.Count - 1; i++)
        {
            if (!IsRemote(given.Operands[i])) FileEffects.AddOne(at, effects, moves ? FileEffectKind.MoveAway : FileEffectKind.Read, given.Operands[i]);
        }
        if (IsRemote(target)) return;
        FileEffects.AddOne(at, effects, FileEffectKind.Write, target);
        for (var i = 0; i < given.Operands.Count - 1; i++)
        {
            // Why: with a slash at its end the content is copied, not the folder; a repository's own folder is a backup of it.
            if (IsRemote(given.Operands[i])) FromHost(at, effects, given.Operands[i], target);
            else if (given.Operands[i].Text is { } source && !source.EndsWith('/') && ShellPath.Leaf(source) != ".git") IntoDirectory(at, effects, FileEffectKind.Write, given.Operands[i], target, false);
        }
    }

    /// <summary><c>scp h:dir/x .</c> writes <c>./x</c>.</summary>
    private static void FromHost(RuleCase at, List<FileEffect> effects, Word source, Word target)
    {
        if (IsRemote(source) && source.Text is { } text) IntoDirectory(at, effects, FileEffectKind.Write, Word.Of(text[(text.LastIndexOf(':') + 1)..]), target, false);
    }

    private static void Scp(RuleCase at, List<FileEffect> effects)
    {
        var operands = OptionReader.Read(at.Arguments, s_scp).Operands;
        for (var i = 0; i < operands.Count; i++)
        {
            if (IsRemote(operands[i])) continue;
            FileEffects.AddOne(at, effects, i == operands.Count - 1 ? FileEffectKind.Write : FileEffectKind.Read, operands[i]);
        }
        if (operands.Count < 2 || IsRemote(operands[^1])) return;
        for (var i = 0; i < operands.Count - 1; i++) FromHost(at, effects, operands[i], operands[^1]);
    }

    /// <summary><c>host:path</c>, <c>user@host:path</c>, <c>rsync://…</c>.</summary>
    public static bool IsRemote(Word operand)
    {
        var shown = operand.Shown;
        var colon = shown.IndexOf(':');
        return colon > 0 && !shown.AsSpan(0, colon).Contains('/') && !(colon == 1 && char.IsAsciiLetter(shown[0]) && shown.Length > 2 && shown[2] == '\\');
    }

    private static void Tar(RuleCase at, List<FileEffect> effects)
    {
        var arguments = at.Arguments;
        // Why: the old style `tar czf x.tgz dir` has its letters without a dash.
        if (arguments[0].Text is [not '-', ..] bundle && IsBundle(bundle))
        {
            Word[] list = [Word.Of("-" + bundle), .. arguments.AsSpan(1)];
            if (bundle.IndexOf('f') is >= 0 and var f && f < bundle.Length - 1) list[0] = Word.Of("-" + bundle.Remove(f, 1) + "f");
            arguments = list;
        }
        var given = OptionReader.Read(arguments, s_tar);
        var file = given.Value("-f", "--file");
        var extracts = given.Has("-x", "--extract", "--get");
        if (extracts)
        {
            FileEffects.AddOne(at, effects, FileEffectKind.Read, file);
            if (given.Has("-O", "--to-stdout")) return;
            var into = given.Value("-C", "--directory");
            FileEffects.AddOne(at, effects, FileEffectKind.Write, into);
            var strip = int.TryParse(given.Value("--strip-components")?.Text, out var count) ? count : 0;
            foreach (var member in given.Operands) Member(at, effects, member, into, strip);
            return;
        }
        if (!given.Has("-c", "--create") && !given.Has("-r", "-u", "--append")) return;
        if (file is not null && !file.Is("-") && !IsRemote(file)) FileEffects.AddOne(at, effects, FileEffectKind.Write, file);
        var directory = given.Value("-C", "--directory");
        foreach (var operand in given.Operands)
        {
            var path = directory?.Text is { } base_ && operand.Text is { } name && !operand.HasGlob && !name.StartsWith('/') ? Word.Of(base_.TrimEnd('/') + "/" + name) : operand;
            FileEffects.AddOne(at, effects, given.Has("--remove-files") ? FileEffectKind.MoveAway : FileEffectKind.Read, path);
        }
    }

    /// <summary>A member that is asked for by its name lands below the directory.</summary>
    private static void Member(RuleCase at, List<FileEffect> effects, Word member, Word? into, int strip)
    {
        if (member.Text is not { } name || (into is not null && into.Text is null)) return;
        for (name = name.TrimStart('/'); strip > 0 && name.Contains('/', StringComparison.Ordinal); strip--) name = name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if (strip > 0 || name.Length == 0) return;
        FileEffects.AddOne(at, effects, FileEffectKind.Write, Word.Of(into is null ? name : into.Text!.TrimEnd('/') + "/" + name));
    }

    private static bool IsBundle(string letters)
    {
        foreach (var letter in letters)
        {
            if (!"AcdrtuxfCTXbgKNHVzjJZapPvkmwhlOsSI".Contains(letter)) return false;
        }
        return letters.Length > 0;
    }

    private static void Cpio(RuleCase at, List<FileEffect> effects)
    {
        var given = OptionReader.Read(at.Arguments, new OptionTable("0aAbBcC:dD:E:F:f:H:iI:klLmM:noO:pR:rsStuvVrw", "directory= file= format= pattern-file= extract create pass-through make-directories no-absolute-filenames"));
        if (given.Has("-i", "--extract") || given.Has("-r")) FileEffects.AddOne(at, effects, FileEffectKind.Write, given.Value("-D", "--directory"));
        if (given.Has("-p", "--pass-through") && given.Operands.Count > 0) FileEffects.AddOne(at, effects, FileEffectKind.Write, given.Operands[^1]);
    }

    /// <summary>The packed file takes the place of the other; to standard output nothing changes.</summary>
    private static void Compress(RuleCase at, List<FileEffect> effects)
    {
        var given = OptionReader.Read(at.Arguments, new OptionTable("0123456789acdefghklLnNqrStTvVzs:o:b:M:F:C:D:B:", "stdout to-stdout keep test list decompress uncompress suffix= format= threads= memlimit= output= rm"));
        var keeps = given.Has("-c", "--stdout") || given.Has("-k", "--keep", "--to-stdout") || given.Has("-t", "--test") || given.Has("-l", "--list") || (at.Name == "zstd" && !given.Has("--rm"));
        FileEffects.AddAll(at, effects, FileEffectKind.Read, given.Operands);
        if (keeps) return;
        foreach (var operand in given.Operands)
        {
            var place = at.PlaceOf(operand);
            if (place.IsSystem) effects.Add(new FileEffect(FileEffectKind.Write, operand, place));
        }
    }

    private static void Zip(RuleCase at, List<FileEffect> effects)
    {
        var given = OptionReader.Read(at.Arguments, s_zip);
        var first = at.Name == "zip" ? 0 : 1;
        if (first == 1)
        {
            foreach (var argument in at.Arguments)
            {
                // Why: 7z's own style joins the value: -oDIR.
                if (argument.StartsWith("-o") && argument.Shown.Length > 2 && given.Operands.Count > 0 && given.Operands[0].Text is "x" or "e") FileEffects.AddOne(at, effects, FileEffectKind.Write, argument.From(2));
            }
        }
        if (first == 1 && (given.Operands.Count == 0 || given.Operands[0].Text is not ("a" or "u"))) return;
        if (given.Operands.Count <= first) return;
        if (!given.Operands[first].Is("-")) FileEffects.AddOne(at, effects, FileEffectKind.Write, given.Operands[first]);
        FileEffects.AddAll(at, effects, given.Has("-m") && first == 0 || at.HasArgument("-sdel") ? FileEffectKind.MoveAway : FileEffectKind.Read, given.Operands, first + 1);
    }
}
