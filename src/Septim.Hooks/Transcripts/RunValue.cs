namespace Septim.Hooks.Transcripts;

/// <summary>A value of a <see cref="KeyRun"/> that is wanted: a string without escapes.</summary>
/// <param name="Key">Whose value it is.</param>
/// <param name="Start">Of its quote, from the start of the run.</param>
/// <param name="Length">Of the text between its quotes.</param>
internal readonly record struct RunValue(JsonKey Key, int Start, int Length);
