using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>Variables: their names, and those that are known from the beginning.</summary>
internal sealed partial class PowerShellReader
{
    /// <summary>The variable as it stands here, its sign included.</summary>
    private string PeekVariable()
    {
        var start = _at;
        if (_at + 1 >= _text.Length || !(char.IsLetter(_text[_at + 1]) || _text[_at + 1] is '_' or '{')) return "";
        VariableName();
        var name = _text[start.._at];
        _at = start;
        return name;
    }

    private string VariableName()
    {
        _at++;
        var braced = _at < _text.Length && _text[_at] == '{';
        if (braced) _at++;
        var start = _at;
        while (_at < _text.Length && (braced ? _text[_at] != '}'
            : char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' || (_text[_at] is ':' && _at + 1 < _text.Length && (char.IsLetter(_text[_at + 1]) || _text[_at + 1] == '_')))) _at++;
        if (_at == start && !braced && _at < _text.Length) _at++;
        var name = _text[start.._at];
        if (braced && _at < _text.Length) _at++;
        return name;
    }

    private CodeValue Variable()
    {
        var name = Plain("$" + VariableName());
        if (_variables.TryGetValue(name, out var known)) return known;
        if (name.Length > 64) return new CodeValue { Name = "value" };
        return name.ToLowerInvariant() switch
        {
            "home" or "env:userprofile" or "env:home" or "env:homepath" => new CodeValue { Text = _writer.Home() },
            "profile" => new CodeValue { Text = _writer.Home() + "/Documents/PowerShell/Microsoft.PowerShell_profile.ps1" },
            "env:appdata" => new CodeValue { Text = _writer.Home() + "/AppData/Roaming" },
            "env:localappdata" => new CodeValue { Text = _writer.Home() + "/AppData/Local" },
            "env:onedrive" => new CodeValue { Text = _writer.Home() + "/OneDrive" },
            "pwd" => CodeValue.Of("."),
            "null" => new CodeValue { Name = "null" },
            "true" or "false" => new CodeValue { Name = name.ToLowerInvariant() },
            "env:temp" or "env:tmp" or "env:tmpdir" => CodeValue.Of("/tmp"),
            "env:systemdrive" or "env:homedrive" => CodeValue.Of("C:"),
            "env:windir" or "env:systemroot" => CodeValue.Of("C:\\Windows"),
            "env:programfiles" or "env:programw6432" => CodeValue.Of("C:\\Program Files"),
            "env:programfiles(x86)" => CodeValue.Of("C:\\Program Files (x86)"),
            "env:programdata" or "env:allusersprofile" => CodeValue.Of("C:\\ProgramData"),
            "env:public" => CodeValue.Of("C:\\Users\\Public"),
            "env:comspec" => CodeValue.Of("cmd"),
            "pshome" => CodeValue.Of("C:\\Windows\\System32\\WindowsPowerShell\\v1.0"),
            ['e', 'n', 'v', ':', .. var variable] => new CodeValue { Name = "env:" + name[4..], Shell = PowerShellCalls.Variable(name[4..]) },
            _ => new CodeValue { Name = name },
        };
    }
}
