namespace Septim.Hooks;

/// <summary>What this program is called by others.</summary>
internal static class Product
{
    /// <summary>As in Directory.Build.props; a test holds the two together. Asking the assembly for it costs a fiftieth of a call.</summary>
    public const string Version = "0.1.0";
}
