using Septim.Hooks.Spend;

namespace Septim.Hooks.Commands;

/// <summary>One row of a report: a model, an agent, a day, or the sum.</summary>
internal sealed class CostLine(string key)
{
    public string Key => key;

    public Usd Total { get; private set; }

    public TokenCounts Tokens { get; private set; }

    public long Responses { get; private set; }

    public void Add(Charge charge)
    {
        Total += charge.Cost;
        Tokens += charge.Tokens;
        if (!charge.IsExtraPass) Responses++;
    }
}
