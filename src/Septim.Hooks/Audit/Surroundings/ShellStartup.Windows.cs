using System.Text.RegularExpressions;
using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>PowerShell profiles, batch files and the registry; how their lines look is in <see cref="WindowsStartup"/>.</summary>
internal sealed partial class ShellStartup
{
    private void ReadPowerShell(Input input, string chain, int depth)
    {
        var text = WindowsStartup.WithoutComments(input.Text);
        Lines.AddRange(ShellText.Split(text, input.At));
        Assignments.AddRange(StartupPairs.Read(input, text, chain, WindowsStartup.PowerShell()));
        foreach (Match match in WindowsStartup.DotSource().Matches(text))
        {
            var words = WindowsStartup.JoinPath(match.Groups["v"].Value);
            var path = WindowsStartup.Resolve(words, input.Path, _options.Home);
            if (path is not null && depth < MaxDepth) Load(path, $"{chain}:{input.At(match.Index).Line}", depth + 1);
            else if (match.Groups["call"].Value == "." || words.Has(".ps1")) Unresolved.Add((input.At(match.Index), match.Groups["v"].Value.Trim()));
        }
    }

    /// <summary><c>set K=V</c> and <c>setx K V</c> of a batch file, and what it calls.</summary>
    private void ReadBatch(Input input, string chain, int depth)
    {
        Assignments.AddRange(StartupPairs.Read(input, input.Text, chain, WindowsStartup.Batch()));
        Lines.AddRange(ShellText.Split(input));
        foreach (Match match in WindowsStartup.BatchCall().Matches(input.Text))
            if (WindowsStartup.Resolve(match.Groups["v"].Value, input.Path, _options.Home) is { } path && depth < MaxDepth) Load(path, $"{chain}:{input.At(match.Index).Line}", depth + 1);
            else Unresolved.Add((input.At(match.Index), match.Groups["v"].Value.Trim()));
    }

    /// <summary>The persistent environment of Windows, and what cmd runs at each start.</summary>
    private void ReadRegistry()
    {
        foreach (var (key, name, value) in _options.Registry.Environment)
            Assignments.Add(new ShellAssignment(name, value, new Place(key), key, !value.Has("%")));
        foreach (var (key, command) in _options.Registry.AutoRun)
        {
            var any = false;
            foreach (Match match in WindowsStartup.AutoRunFile().Matches(command))
                if (WindowsStartup.Resolve(match.Groups["v"].Value, "", _options.Home) is { } path)
                {
                    Load(path, key, 1);
                    any = true;
                }
            if (!any) Unresolved.Add((new Place(key), command));
        }
    }
}
