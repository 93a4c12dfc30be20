namespace Septim.Hooks.Tests.Audit.Fixtures;

/// <summary>One thing that somebody put into a home or project.</summary>
/// <param name="Name">What it is, for the test's name.</param>
/// <param name="Rule">The rule that must find it; of a decoy the item that must stay quiet (<c>SEP07</c>).</param>
/// <param name="Put">Plants it.</param>
internal sealed record Plant(string Name, string Rule, Action<AuditHome> Put)
{
    public int Item => int.Parse(Rule.AsSpan(3, 2), System.Globalization.CultureInfo.InvariantCulture);
}
