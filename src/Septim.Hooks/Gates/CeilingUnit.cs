namespace Septim.Hooks.Gates;

/// <summary>What the figures of a ceiling count.</summary>
internal enum CeilingUnit
{
    PicoUsd,
    Minutes,
    ToolCalls,
}
