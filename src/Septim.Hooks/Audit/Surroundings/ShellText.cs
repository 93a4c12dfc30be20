using System.Text;
using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>
/// Splits start-up files into simple commands: comments and here-documents left out, quotes taken off, nothing run. Enough for
/// assignments, sources and aliases of sh, bash, zsh and fish; the judging of commands is the business of the bash gate.
/// </summary>
internal sealed class ShellText
{
    private readonly string _text;
    private readonly Func<int, Place> _at;
    private readonly List<ShellLine> _lines = [];
    private readonly List<ShellWord> _words = [];
    private readonly StringBuilder _word = new();

    /// <summary>Closing marks of the here-documents that begin behind this line.</summary>
    private readonly List<string> _heredocs = [];

    private bool _isLiteral = true;
    private bool _isOpen;
    private int _start = -1;
    private int _i;

    private ShellText(string text, Func<int, Place> at) => (_text, _at) = (text, at);

    public static List<ShellLine> Split(Input input) => Split(input.Text, offset => input.At(offset));

    public static List<ShellLine> Split(string text, Func<int, Place> at)
    {
        var shell = new ShellText(text, at);
        for (; shell._i < text.Length; shell._i++) shell.Read(text[shell._i]);
        shell.EndLine();
        return shell._lines;
    }

    private char Next => _i + 1 < _text.Length ? _text[_i + 1] : '\0';

    private char Second => _i + 2 < _text.Length ? _text[_i + 2] : '\0';

    /// <summary>Leaves the position at the last character that it took.</summary>
    private void Read(char c)
    {
        switch (c)
        {
            case '\\' when Next != '\0': Escaped(); break;
            case '\'': Quoted(); break;
            case '"': DoubleQuoted(); break;
            case '$' when Next == '(': Substitution(); break;
            // Why skipped: $'…' and $"…" are quotes of their own; what stands in them is the value.
            case '$' when Next is '\'' or '"': Open(); break;
            case '$' or '`':
                _isLiteral = false;
                Take(c);
                break;
            case '#' when !_isOpen:
                while (_i + 1 < _text.Length && Next != '\n') _i++;
                break;
            case '<' when Next == '<' && Second is not ('<' or '\0'): Heredoc(); break;
            case '\n':
                EndLine();
                foreach (var end in _heredocs) _i = SkipHeredoc(_text, _i, end);
                _heredocs.Clear();
                break;
            // Why: "name()" declares a function; its body's commands count like any others.
            case ';' or '|' or '&' or '(' or ')': EndLine(); break;
            case '{' or '}' when !_isOpen && (Next is '\0' or ';' || char.IsWhiteSpace(Next)): EndLine(); break;
            case ' ' or '\t' or '\r': EndWord(); break;
            default: Take(c); break;
        }
    }

    private void EndWord()
    {
        if (_isOpen) _words.Add(new ShellWord(_word.ToString(), _isLiteral));
        _word.Clear();
        (_isLiteral, _isOpen) = (true, false);
    }

    private void EndLine()
    {
        EndWord();
        if (_words.Count > 0) _lines.Add(new ShellLine([.. _words], _at(_start)));
        _words.Clear();
        _start = -1;
    }

    private void Open()
    {
        if (_start < 0) _start = _i;
        _isOpen = true;
    }

    private void Take(char c)
    {
        Open();
        _word.Append(c);
    }

    private void Escaped()
    {
        if (Next == '\n') _i++;
        else if (Next == '\r' && Second == '\n') _i += 2;
        else
        {
            _i++;
            Take(_text[_i]);
        }
    }

    private void Quoted()
    {
        Open();
        var close = _text.IndexOf('\'', _i + 1);
        if (close < 0) close = _text.Length;
        _word.Append(_text, _i + 1, close - _i - 1);
        _i = close;
    }

    private void DoubleQuoted()
    {
        Open();
        for (_i++; _i < _text.Length && _text[_i] != '"'; _i++)
        {
            if (_text[_i] == '\\' && Next is '"' or '\\' or '$' or '`') _i++;
            else if (_text[_i] is '$' or '`') _isLiteral = false;
            _word.Append(_text[_i]);
        }
    }

    /// <summary><c>$(…)</c> stays in the word as it is written.</summary>
    private void Substitution()
    {
        _isLiteral = false;
        var depth = 0;
        for (; _i < _text.Length; _i++)
        {
            Take(_text[_i]);
            if (_text[_i] == '(') depth++;
            else if (_text[_i] == ')' && --depth == 0) return;
        }
    }

    private void Heredoc()
    {
        EndWord();
        _i += 2;
        if (_text[_i] == '-') _i++;
        while (_i < _text.Length && _text[_i] == ' ') _i++;
        var mark = new StringBuilder();
        for (; _i < _text.Length && !char.IsWhiteSpace(_text[_i]) && _text[_i] is not (';' or '|' or '&'); _i++)
        {
            if (_text[_i] is not ('\'' or '"' or '\\')) mark.Append(_text[_i]);
        }
        _i--;
        _heredocs.Add(mark.ToString());
    }

    /// <returns>The offset of the line end after the closing mark.</returns>
    private static int SkipHeredoc(string text, int newline, string end)
    {
        while (newline < text.Length)
        {
            var next = text.IndexOf('\n', newline + 1);
            var stop = next < 0 ? text.Length : next;
            if (text[Math.Min(newline + 1, text.Length)..stop].Trim('\t', '\r', ' ') == end) return stop;
            if (next < 0) return text.Length;
            newline = next;
        }
        return newline;
    }
}
