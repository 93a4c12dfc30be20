using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit;

/// <summary>The words of the report, the same in every format.</summary>
internal static class ReportWords
{
    public static string Of(ItemState state) => state switch
    {
        ItemState.Pass => "pass",
        ItemState.Warn => "warn",
        ItemState.Fail => "fail",
        ItemState.Manual => "manual",
        ItemState.Unknown => "unknown",
        _ => "n/a",
    };

    public static string Of(Severity severity) => severity.ToString().ToLowerInvariant();

    public static string Of(InputStatus status) => status.ToString().ToLowerInvariant();
}
