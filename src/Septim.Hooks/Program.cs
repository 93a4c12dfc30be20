namespace Septim.Hooks;

/// <summary>Verb → command. Nothing else.</summary>
internal static class Program
{
    public static int Main() => 0;
}
