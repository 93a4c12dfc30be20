namespace Septim.Hooks.Commands;

/// <summary>One row of a table: a day, project, user, model or session.</summary>
internal sealed class LogTotal(string key)
{
    public string Key { get; } = key;
    public decimal Usd { get; set; }
    public HashSet<string> Sessions { get; } = [];
    public long Turns { get; set; }
    public long Denials { get; set; }

    /// <summary>Sessions only.</summary>
    public string Project { get; set; } = "";
}
