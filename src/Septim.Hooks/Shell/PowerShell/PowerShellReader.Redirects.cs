using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.PowerShell;

/// <summary>Redirections.</summary>
internal sealed partial class PowerShellReader
{
    /// <summary><c>'text' &gt; file</c>.</summary>
    private CodeValue Redirected(CodeValue value, int start)
    {
        SkipBlanks(lines: false);
        if (_at >= _text.Length || _text[_at] != '>') return value;
        var (target, appends) = Target();
        if (target is null || _effects.IsMuted) return value;
        Into(value, target, appends, start);
        return CodeValue.Unknown;
    }

    private void Into(CodeValue value, CodeValue target, bool appends, int start)
    {
        if (target.Name != "null" && target.Text != "$null") _calls.Redirects(value, target, appends, start, Math.Min(_at, _text.Length));
        else if (value.Shell is { } shell) _writer.Show(shell + " > /dev/null", start, Math.Min(_at, _text.Length));
    }

    /// <summary>Behind <c>&gt;</c>: the file, or null for another stream.</summary>
    private (CodeValue? Target, bool Appends) Target()
    {
        _at++;
        var appends = _at < _text.Length && _text[_at] == '>';
        if (appends) _at++;
        if (_at < _text.Length && _text[_at] == '&') { _at = Math.Min(_at + 2, _text.Length); return (null, false); }
        SkipBlanks(lines: false);
        return (Word(), appends);
    }
}
