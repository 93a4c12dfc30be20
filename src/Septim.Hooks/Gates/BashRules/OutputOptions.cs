using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// Compilers, converters, dumpers and recorders: the file that they write is the value of an option, or their last operand. Of tools
/// that are not listed, the long names that mean the same everywhere count. Source: manuals, November 2026.
/// </summary>
internal static class OutputOptions
{
    private const string Everywhere = "--output --output-file --out --out-file --outfile --outFile";

    public static void Add(RuleCase at, List<FileEffect> effects)
    {
        var (names, writesLast) = Of(at.Name);
        var everywhere = at.Name is "curl" or "wget" ? "" : Everywhere;
        for (var i = 0; i < at.Arguments.Length; i++)
        {
            var word = at.Arguments[i];
            if (word.Prefix is not ['-', ..] head) continue;
            if (head == "--" && word.Text is not null) break;
            var equals = head.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? head : head[..equals];
            if (!NameList.Has(everywhere, name) && !(names.Length > 0 && NameList.Has(names, name)))
            {
                // Why: -o/etc/x, with its value attached.
                if (head.Length > 3 && head[1] != '-' && head[2] is '/' or '~' && NameList.Has(names, head.AsSpan(0, 2))) AddPath(at, effects, word.From(2));
                continue;
            }
            if (equals >= 0) AddPath(at, effects, word.From(equals + 1));
            else if (i + 1 < at.Arguments.Length) AddPath(at, effects, at.Arguments[++i]);
        }
        if (writesLast && at.Arguments.Length > 1 && !at.Arguments[^1].StartsWith("-")) AddPath(at, effects, at.Arguments[^1]);
        if (at.Name == "yq" && (at.HasArgument("-i") || at.HasArgument("--inplace") || at.HasArgument("-yi") || at.HasArgument("-iy")) && at.Arguments.Length > 1)
            FileEffects.AddOne(at, effects, FileEffectKind.Append, at.Arguments[^1]);
    }

    /// <summary>Only what is clearly a path: <c>--output json</c> names a format.</summary>
    private static void AddPath(RuleCase at, List<FileEffect> effects, Word value)
    {
        var text = value.Shown;
        if (text.Contains("://", StringComparison.Ordinal) || !(text.Contains('/', StringComparison.Ordinal) || text.StartsWith('~'))) return;
        FileEffects.AddOne(at, effects, FileEffectKind.Write, value);
    }

    private static (string Names, bool WritesLast) Of(string tool) => tool switch
    {
        "gcc" or "cc" or "g++" or "c++" or "clang" or "clang++" or "ld" or "as" or "go" or "rustc" or "tcc" or "zig" or "nasm" or "ar" => ("-o", false),
        "pandoc" or "protoc" or "dot" or "iconv" or "shuf" or "strace" or "ltrace" or "cwebp" or "rsvg-convert" or "inkscape" or "exiftool" or "yt-dlp" or "typst" or "tsc" or "esbuild" or "dtc" or "m4" or "flex" or "bison" => ("-o --outDir", false),
        "nmap" => ("-oN -oX -oG -oA", false),
        "tcpdump" or "tshark" or "dumpcap" => ("-w", false),
        "pg_dump" or "pg_dumpall" or "pg_basebackup" => ("-f --file -D --pgdata", false),
        "mysqldump" or "mariadb-dump" => ("-r --result-file", false),
        "mongodump" or "mongoexport" => ("-o", false),
        "docker" or "podman" or "nerdctl" => ("-o", false),
        "helm" => ("--output-dir -d --destination", false),
        "terraform" or "tofu" => ("-out -state-out -backup", false),
        "curl" => ("-D --dump-header -c --cookie-jar --trace --trace-ascii --stderr --etag-save --hsts --alt-svc --libcurl", false),
        "wget" => ("-o -a --append-output --save-cookies --hsts-file --rejected-log", false),
        "ffmpeg" or "convert" or "magick" or "sox" or "qpdf" or "wkhtmltopdf" or "wkhtmltoimage" or "pdftotext" or "gifsicle" => ("-o", true),
        _ => ("", false),
    };
}
