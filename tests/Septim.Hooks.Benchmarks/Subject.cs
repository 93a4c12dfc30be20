namespace Septim.Hooks.Benchmarks;

/// <summary>A program that is measured, and what its runs gave.</summary>
/// <param name="Command">Program and arguments.</param>
/// <param name="Stdin">File that is its standard input.</param>
internal sealed record Subject(string Name, IReadOnlyList<string> Command, string Stdin = "/dev/null")
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Done before each run, outside the time.</summary>
    public Action Prepare { get; init; } = () => { };

    public List<Measurement> Runs { get; } = [];

    public double WallMs => Median(Runs.Select(run => run.WallMs));

    public double CpuMs => Median(Runs.Select(run => run.CpuMs));

    public double PeakMb => Runs.Max(run => run.PeakKb) / 1024.0;

    public double FastestMs => Runs.Min(run => run.WallMs);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
