using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit;

/// <summary>One path that the audit looked for, as it may be printed.</summary>
internal sealed record ReportInput(string Path, InputStatus Status, string? Reason);
