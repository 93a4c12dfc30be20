using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Tools that read the files named by their operands.</summary>
internal static class ReadingTools
{
    private static readonly OptionTable s_plain = new("n:c:b:w:d:f:k:t:s:j:N:A:o:S:");
    private static readonly OptionTable s_flags = new("");
    private static readonly OptionTable s_uniq = new("cdDf:is:uw:z", "skip-fields= skip-chars= check-chars= all-repeated=? group=?");
    private static readonly OptionTable s_split = new("a:b:C:dl:n:t:uxe", "suffix-length= additional-suffix= bytes= line-bytes= numeric-suffixes=? hex-suffixes=? filter= lines= number= separator=");
    private static readonly OptionTable s_csplit = new("b:f:kn:sqz", "suffix-format= prefix= keep-files digits= quiet silent elide-empty-files suppress-matched");
    private static readonly OptionTable s_column = new("c:s:o:N:l:C:H:O:R:T:W:E:i:p:r:tenxJLd", "columns= separator= output-separator= table-columns= table json output-width= table-name= table-order= table-hide= table-right= table-wrap= fillrows");
    private static readonly OptionTable s_sqlite = new("", "cmd= separator= init= newline= nullvalue= maxsize= mmap=") { SingleDash = true };
    private static readonly OptionTable s_od = new("A:j:N:S::t:w::", "address-radix= skip-bytes= read-bytes= format= endian= strings=? width=?");
    private static readonly OptionTable s_less = new("p:o:O:k:t:T:x:y:z:h:j:b:P:", "pattern= prompt= tag= log-file=");
    private static readonly OptionTable s_head = new("n:c:s:", "lines= bytes= pid= sleep-interval= quiet verbose");
    internal static readonly OptionTable Grep = new("A:B:C:D:d:e:f:m:", "regexp= file= max-count= after-context= before-context= context= include= exclude= exclude-dir= exclude-from= color=? colour=? label= binary-files= directories= devices= quiet silent count files-with-matches files-without-match glob= type= type-not= iglob= max-depth= replace=");
    private static readonly OptionTable s_rg = new("A:B:C:e:f:g:m:t:T:r:j:M:d:E:", "regexp= file= glob= type= max-count= replace= max-depth= context= after-context= before-context= quiet count files-with-matches");
    private static readonly OptionTable s_awk = new("F:v:f:", "field-separator= assign= file=");
    private static readonly OptionTable s_jq = new("nrjaCMScse:f:L:", "arg= args argjson= slurpfile= rawfile= from-file= raw-output indent= tab");

    public static void Add(RuleCase at, List<FileEffect> effects)
    {
        if (at.Name is "uniq" or "split" or "csplit") { Parted(at, effects); return; }
        var (table, first) = at.Name switch
        {
            "less" or "more" => (s_less, 0),
            "cat" or "tac" or "nl" or "bat" or "batcat" or "most" or "view" or "strings" or "rev" or "base64" or "base32" or "md5sum" or "sha256sum" or "wc" or "diff" or "comm"
                or "cmp" or "open" or "xdg-open" or "pbcopy" or "xclip" or "zcat" or "gunzip" or "code" or "file" or "lp" or "lpr" or "sdiff" or "vimdiff" or "hexyl" or "ccat"
                or "glow" or "pygmentize" or "highlight" or "uuencode" or "fmt" or "expand" or "unexpand" or "pr" or "csvlook" or "dos2unix" => (s_flags, 0),
            "head" or "tail" => (s_head, 0),
            "od" => (s_od, 0),
            "column" => (s_column, 0),
            "cut" or "paste" or "fold" or "xxd" or "hexdump" or "hd" or "join" or "look" => (s_plain, 0),
            "grep" or "egrep" or "fgrep" or "zgrep" => (Grep, 1),
            "rg" or "ag" or "ack" => (s_rg, 1),
            "awk" or "gawk" or "mawk" or "nawk" => (s_awk, 1),
            "jq" or "yq" or "gron" or "dasel" or "fx" => (s_jq, 1),
            "source" or "." or "dotenv" or "eval" => (s_flags, 0),
            "sqlite3" => (s_sqlite, 0),
            _ => (null, 0),
        };
        if (table is null)
        {
            // Why: `python -m json.tool FILE` prints the file.
            if (at.Name is "python" or "python3" && at.Argument(0) is "-m" && at.Argument(1) is "json.tool" or "base64") FileEffects.AddAll(at, effects, FileEffectKind.Read, [.. at.Arguments], 2);
            return;
        }
        var given = OptionReader.Read(at.Arguments, table);
        if (first == 1 && (given.Has("-e", "-f") || given.Has("--regexp", "--file", "--from-file") || given.Has("--files"))) first = 0;
        if (at.Name == "base64" && given.Has("-i")) first = 0;
        FileEffects.AddAll(at, effects, FileEffectKind.Read, given.Operands, first, at.Name == "sqlite3" ? 1 : int.MaxValue);
    }

    /// <summary>They read their first operand; uniq writes its second, split and csplit files that begin with a prefix.</summary>
    private static void Parted(RuleCase at, List<FileEffect> effects)
    {
        var given = OptionReader.Read(at.Arguments, at.Name switch { "uniq" => s_uniq, "split" => s_split, _ => s_csplit });
        FileEffects.AddAll(at, effects, FileEffectKind.Read, given.Operands, 0, 1);
        var second = given.Operands.Count > 1 ? given.Operands[1] : null;
        if (at.Name == "uniq") { FileEffects.AddOne(at, effects, FileEffectKind.Write, second); return; }
        if (given.Has("--filter")) return;
        var prefix = at.Name == "split" ? second ?? Word.Of("x") : given.Value("-f", "--prefix") ?? Word.Of("xx");
        var suffix = at.Name == "csplit" || given.Has("-d", "-x") || given.Has("--numeric-suffixes", "--hex-suffixes") ? "00" : "aa";
        FileEffects.AddOne(at, effects, FileEffectKind.Write, new Word([.. prefix.Pieces, .. Word.Of(suffix).Pieces]));
    }
}
