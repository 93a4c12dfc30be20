namespace Septim.Hooks.Setup;

/// <summary>One thing that a probe saw.</summary>
/// <param name="Level">How bad.</param>
/// <param name="Text">What is so.</param>
/// <param name="Remedy">What to do; null when nothing.</param>
internal sealed record Diagnosis(ProbeLevel Level, string Text, string? Remedy = null)
{
    public static Diagnosis Fine(string text) => new(ProbeLevel.Fine, text);

    public static Diagnosis Warning(string text, string remedy) => new(ProbeLevel.Warning, text, remedy);

    public static Diagnosis Failure(string text, string remedy) => new(ProbeLevel.Failure, text, remedy);
}
