using System.Diagnostics;
using System.Globalization;

namespace Septim.Hooks.Benchmarks;

/// <summary>Runs subjects through the small native launcher that keeps the clock, and runs tools that are not measured.</summary>
internal sealed class Launcher(string measure)
{
    /// <summary>Runs all subjects in turn, again and again, so that a change of the machine's speed meets all of them alike. The first round warms up and is not kept.</summary>
    public void Interleave(int rounds, params IReadOnlyList<Subject> subjects)
    {
        for (var round = -1; round < rounds; round++)
        {
            foreach (var subject in subjects)
            {
                subject.Prepare();
                var run = Once(subject);
                if (run.ExitCode != 0) throw new InvalidOperationException($"{subject.Name} ended with exit code {run.ExitCode}: {string.Join(' ', subject.Command)}");
                if (round >= 0) subject.Runs.Add(run);
            }

            Console.Error.Write($"\r{subjects[^1].Name}: round {round + 1} of {rounds} ");
        }

        Console.Error.WriteLine();
    }

    /// <summary>Runs a tool, with its output as the result.</summary>
    /// <exception cref="InvalidOperationException">It is missing or failed.</exception>
    public static string Tool(string folder, string file, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{file} failed: {output}{errors.Result}");
    }

    /// <summary>Runs a subject once, unmeasured: exit code, output and errors.</summary>
    public static (int ExitCode, string Output) Try(Subject subject)
    {
        var start = Start(subject.Command[0], subject.Command.Skip(1), subject);
        start.RedirectStandardInput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        process.StandardInput.Write(File.ReadAllText(subject.Stdin));
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    /// <summary>One run, measured.</summary>
    public Measurement Once(Subject subject)
    {
        using var process = Process.Start(Start(measure, [subject.Stdin, .. subject.Command], subject))!;
        var fields = process.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"could not start {subject.Command[0]}");
        long Field(int i) => long.Parse(fields[i], CultureInfo.InvariantCulture);
        return new Measurement(Field(0) / 1e6, (Field(1) + Field(2)) / 1e3, Field(3), (int)Field(4));
    }

    private static ProcessStartInfo Start(string file, IEnumerable<string> arguments, Subject subject)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        foreach (var (name, value) in subject.Environment) start.Environment[name] = value;
        return start;
    }
}
