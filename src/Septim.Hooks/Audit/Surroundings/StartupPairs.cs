using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Start-up files that hold names and values and no commands to follow; each form is one expression with the groups n and v.</summary>
internal static partial class StartupPairs
{
    /// <returns>How the file writes its pairs; null for a file of shell commands.</returns>
    public static Regex? FormOf(string path) =>
        path.Ends(".plist") ? Plist()
        : path.Ends(".nu") ? Nu()
        : path.Ends("fish_variables") ? FishVariable()
        : path.Ends(".conf") || path.Ends("/environment") || path.Ends(".pam_environment") ? KeyValue()
        : null;

    /// <param name="input">The file, for places.</param>
    /// <param name="text">Its text, offset for offset; comments may be blanked out.</param>
    /// <param name="chain">How it is reached.</param>
    /// <param name="form">Finds name and value.</param>
    public static IEnumerable<ShellAssignment> Read(Input input, string text, string chain, Regex form)
    {
        foreach (Match match in form.Matches(text))
        {
            var value = match.Groups["v"].Value.Trim().Trim('"', '\'');
            if (form == FishVariable()) value = FishText(value);
            yield return new ShellAssignment(match.Groups["n"].Value, value, input.At(match.Groups["n"].Index), chain, !value.Has("$"));
        }
    }

    /// <summary>fish writes all but letters, digits, slash and underscore of a universal variable as bytes: sk\x2dant\x2d… (fish 3 and 4, seen 2026-11).</summary>
    private static string FishText(string written) => FishByte().Replace(written, match => ((char)Convert.ToByte(match.Groups["b"].Value, 16)).ToString());

    [GeneratedRegex(@"^[ \t]*(export[ \t]+)?(?<n>[A-Za-z_][A-Za-z0-9_]*)([ \t]+DEFAULT)?=(?<v>[^\r\n]*)", RegexOptions.CultureInvariant | RegexOptions.Multiline)] private static partial Regex KeyValue();
    [GeneratedRegex(@"^SETUVAR[ \t]+(--\w+[ \t]+)*--export[ \t]+(--\w+[ \t]+)*(?<n>\w+):(?<v>[^\r\n]*)", RegexOptions.CultureInvariant | RegexOptions.Multiline)] private static partial Regex FishVariable();
    [GeneratedRegex(@"\\[xX](?<b>[0-9a-fA-F]{2})", RegexOptions.CultureInvariant)] private static partial Regex FishByte();
    [GeneratedRegex(@"^[ \t]*\$env\.(?<n>\w+)[ \t]*=[ \t]*(?<v>[^\r\n#]*)", RegexOptions.CultureInvariant | RegexOptions.Multiline)] private static partial Regex Nu();
    [GeneratedRegex(@"<key>(?<n>[A-Z][A-Z0-9_]{2,60})</key>\s*<string>(?<v>[^<]{1,2000})</string>", RegexOptions.CultureInvariant)] private static partial Regex Plist();
}
