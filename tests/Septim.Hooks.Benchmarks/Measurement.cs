namespace Septim.Hooks.Benchmarks;

/// <summary>One run of one program.</summary>
/// <param name="PeakKb">Largest resident memory in kilobytes.</param>
internal readonly record struct Measurement(double WallMs, double CpuMs, long PeakKb, int ExitCode);
