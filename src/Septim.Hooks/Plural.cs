namespace Septim.Hooks;

/// <summary>Numbers of things in messages.</summary>
internal static class Plural
{
    /// <summary>"1 file", "2 files".</summary>
    public static string Of(long count, string one) => $"{count} {one}{(count == 1 ? "" : "s")}";
}
