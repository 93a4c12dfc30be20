using Septim.Hooks.Setup;

namespace Septim.Hooks.Commands;

/// <summary><c>septim doctor</c>: is the set-up alive? Whatever a probe stumbles over is its finding, never the end of the doctor.</summary>
internal static class DoctorCommand
{
    public static readonly Command Command = new("doctor",
        """
        doctor [--directory DIR] [--format text|json]

          --directory DIR  the project whose settings count beside yours; default: here
          --format F       text (default) or json

        Looks at the program, the client, every settings file, the wiring, the configuration, state, spool, prices, clock and
        permissions, and says what to do. Exit 1: something is not protected, or not as you think.
        """,
        "shows whether the set-up is alive, and what to do", Run);

    private static int Run(ReadOnlySpan<string> args, CommandIo io)
    {
        var options = Options.Parse("doctor", args, [], ["directory", "format"]);
        options.ThrowIfRest("doctor");
        var asJson = options.Choice("format", "text", "text", "json") == "json";
        var places = InstallCommand.Places(options, io);
        var context = new ProbeContext(places, io.Paths(places.Client), io.Variable, io.ProgramPath, CommandList.Version, io.Time.GetUtcNow());
        var findings = Probe.All.SelectMany(probe => Look(probe, context).Select(diagnosis => (probe.Id, diagnosis))).ToList();
        if (asJson)
            io.Out.WriteLine(Json.Write(json =>
            {
                json.WriteStartArray("diagnoses");
                foreach (var (id, diagnosis) in findings)
                {
                    json.WriteStartObject();
                    json.WriteString("probe", id);
                    json.WriteString("level", diagnosis.Level.ToString().ToLowerInvariant());
                    json.WriteString("text", diagnosis.Text);
                    json.WriteString("remedy", diagnosis.Remedy);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }));
        else
            foreach (var (id, diagnosis) in findings) Write(id, diagnosis, io);
        return findings.Exists(finding => finding.diagnosis.Level == ProbeLevel.Failure) ? 1 : 0;
    }

    private static List<Diagnosis> Look(Probe probe, ProbeContext context)
    {
        try
        {
            return [.. probe.Look(context)];
        }
        catch (HookFault fault)
        {
            return [Diagnosis.Failure(fault.Message, "septim refuses what it cannot judge until this is mended")];
        }
        catch (Exception e)
        {
            return [Diagnosis.Failure($"could not look: {Cause.Of(e)}", "look by hand")];
        }
    }

    private static void Write(string id, Diagnosis diagnosis, CommandIo io)
    {
        var (mark, colour) = diagnosis.Level switch
        {
            ProbeLevel.Fine => ("ok  ", "32"),
            ProbeLevel.Warning => ("warn", "33"),
            _ => ("FAIL", "31"),
        };
        io.Out.WriteLine($"{(io.Colour ? $"\u001b[{colour}m{mark}\u001b[0m" : mark)}  {id,-12} {diagnosis.Text}");
        if (diagnosis.Remedy is { } remedy) io.Out.WriteLine($"                   → {remedy}");
    }
}
