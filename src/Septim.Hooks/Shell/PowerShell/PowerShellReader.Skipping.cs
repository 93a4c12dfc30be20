namespace Septim.Hooks.Shell.PowerShell;

/// <summary>Blanks, comments, and blocks that are not run where they stand.</summary>
internal sealed partial class PowerShellReader
{
    private void SkipBlanks(bool lines)
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c == '\n' ? lines : char.IsWhiteSpace(c)) _at++;
            else if (c == '`' && _at + 1 < _text.Length && _text[_at + 1] is '\n' or '\r') _at += 2;
            else if (c == '#' && (_at == 0 || _text[_at - 1] is not ('<' or '`') && (char.IsWhiteSpace(_text[_at - 1]) || _text[_at - 1] is ';' or '{' or '}' or '(')))
            {
                var end = _text.IndexOf('\n', _at);
                _at = end < 0 ? _text.Length : end;
            }
            else if (c == '<' && _at + 1 < _text.Length && _text[_at + 1] == '#')
            {
                var end = _text.IndexOf("#>", _at + 2, StringComparison.Ordinal);
                _at = end < 0 ? _text.Length : end + 2;
            }
            else return;
        }
    }

    /// <summary>From an opening brace to behind the one that closes it.</summary>
    private void SkipBlock() => Skip('{', '}');

    private void SkipBrackets() => Skip('[', ']');

    private void Skip(char opener, char closer)
    {
        var open = 0;
        for (; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (c == opener) open++;
            else if (c == closer && --open == 0) { _at++; return; }
            else if (c == '`') _at++;
            else if (c is '\'' or '"')
            {
                if (_at > 0 && _text[_at - 1] == '@')
                {
                    var end = _text.IndexOf("\n" + c + "@", _at, StringComparison.Ordinal);
                    _at = end < 0 ? _text.Length : end + 2;
                    continue;
                }
                while (++_at < _text.Length && _text[_at] != c)
                {
                    if (c == '"' && _text[_at] == '`') _at++;
                }
            }
            else if (c == '#' && _at > 0 && (char.IsWhiteSpace(_text[_at - 1]) || _text[_at - 1] is ';' or '{'))
            {
                while (_at + 1 < _text.Length && _text[_at + 1] != '\n') _at++;
            }
            else if (c == '<' && _at + 1 < _text.Length && _text[_at + 1] == '#')
            {
                var close = _text.IndexOf("#>", _at, StringComparison.Ordinal);
                _at = close < 0 ? _text.Length : close + 1;
            }
        }
        _at = Math.Min(_at, _text.Length);
    }
}
