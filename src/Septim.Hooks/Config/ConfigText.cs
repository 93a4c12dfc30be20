using System.Globalization;
using Septim.Hooks.Spend;

namespace Septim.Hooks.Config;

/// <summary>What the text of a value may be, what it means, and which of two is tighter.</summary>
internal static class ConfigText
{
    public const string Off = "off";

    /// <exception cref="HookFault">Names the place and what was expected.</exception>
    public static void Validate(ConfigKey key, string text, string place)
    {
        var valid = key.Kind switch
        {
            ConfigKind.UsdOrOff => text == Off || (Usd.TryParse(text, out var usd) && usd > Usd.Zero),
            ConfigKind.CountOrOff => text == Off || (TryCount(text, out var count) && count > 0),
            ConfigKind.Count => TryCount(text, out _),
            ConfigKind.Percents => TryPercents(text, out _),
            ConfigKind.Choice => Array.IndexOf(key.Choices, text) >= 0,
            ConfigKind.Flag => text is "true" or "false",
            _ => true,
        };
        if (!valid) throw new HookFault($"{place}: {key.Path} is \"{text}\"; {Expected(key)}");
    }

    public static string Expected(ConfigKey key) => key.Kind switch
    {
        ConfigKind.UsdOrOff => "give an amount of US dollars above 0 such as 5 or 2.50, or \"off\"",
        ConfigKind.CountOrOff => "give a whole number above 0, or \"off\"",
        ConfigKind.Count => "give a whole number from 0",
        ConfigKind.Percents => "give ascending whole percents from 1 to 100, such as [50, 80, 95]",
        ConfigKind.Choice => $"give one of {string.Join(", ", key.Choices)}",
        ConfigKind.Flag => "give true or false",
        ConfigKind.Texts => "give a list of texts",
        ConfigKind.Json => "give an object",
        _ => "give a text",
    };

    public static bool TryCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);

    public static bool TryPercents(string text, out int[] percents)
    {
        var parts = text.Length == 0 ? [] : text.Split(',');
        percents = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!TryCount(parts[i].Trim(), out percents[i]) || percents[i] is < 1 or > 100) return false;
            if (i > 0 && percents[i] <= percents[i - 1]) return false;
        }
        return true;
    }

    /// <summary>Whether <paramref name="text"/> is as tight as <paramref name="than"/>, or tighter. A missing value is the loosest.</summary>
    public static bool IsAsTight(ConfigKey key, string text, string? than) => key.Tightening switch
    {
        Tightening.Adds or Tightening.ByOwner => true,
        _ when than is null || text == than => true,
        Tightening.Lower => than == Off || (text != Off && Compare(key, text, than) <= 0),
        Tightening.Higher => Compare(key, text, than) >= 0,
        Tightening.Later => key.Kind == ConfigKind.Flag
            ? text == "true"
            : Array.IndexOf(key.Choices, text) >= Array.IndexOf(key.Choices, than),
        _ => false,
    };

    /// <summary>The percents of both, in ascending order.</summary>
    public static string MergePercents(string a, string? b)
    {
        _ = TryPercents(a, out var ours);
        _ = TryPercents(b ?? "", out var theirs);
        int[] all = [.. ours, .. theirs];
        Array.Sort(all);
        var text = "";
        for (var i = 0; i < all.Length; i++)
            if (i == 0 || all[i] != all[i - 1]) text += (i == 0 ? "" : ",") + all[i].ToString(CultureInfo.InvariantCulture);
        return text;
    }

    private static int Compare(ConfigKey key, string a, string b)
    {
        if (key.Kind == ConfigKind.UsdOrOff)
            return (Usd.TryParse(a, out var left) ? left : default).CompareTo(Usd.TryParse(b, out var right) ? right : default);
        return (TryCount(a, out var m) ? m : 0).CompareTo(TryCount(b, out var n) ? n : 0);
    }
}
