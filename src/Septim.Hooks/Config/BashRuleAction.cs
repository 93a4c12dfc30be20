namespace Septim.Hooks.Config;

/// <summary>What a septim.json says of one rule, from loosest to tightest.</summary>
internal enum BashRuleAction
{
    Off,
    Ask,
    Deny,
}
