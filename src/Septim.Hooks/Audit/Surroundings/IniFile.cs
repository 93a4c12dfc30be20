using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>Sections and keys of an INI file with their lines; comments left out.</summary>
internal sealed class IniFile
{
    public IniFile(Input input)
    {
        var section = "";
        var number = 0;
        foreach (var raw in input.Text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] is '#' or ';') continue;
            if (line.StartsWith('[') && line.EndsWith(']'))
            {
                section = line[1..^1].Trim();
                Sections.Add((section, number));
            }
            else if (line.IndexOf('=') is var cut and > 0) Entries.Add((section, line[..cut].Trim(), line[(cut + 1)..].Trim(), number));
        }
    }

    public List<(string Name, int Line)> Sections { get; } = [];
    public List<(string Section, string Key, string Value, int Line)> Entries { get; } = [];

    public string? Find(string section, string key)
    {
        foreach (var entry in Entries)
            if (entry.Section == section && entry.Key == key) return entry.Value;
        return null;
    }
}
