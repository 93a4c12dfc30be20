namespace Septim.Hooks.Spend;

/// <summary>State does not fit the transcripts or itself: the meter starts from byte 0. Never leaves <see cref="SpendMeter"/>.</summary>
internal sealed class StaleStateException(string what) : Exception(what);
