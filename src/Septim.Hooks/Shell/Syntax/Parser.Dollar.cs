using System.Text;

namespace Septim.Hooks.Shell.Syntax;

internal sealed partial class Parser
{
    private void Dollar(WordBuilder builder, WordMode mode, bool quoted)
    {
        var start = _pos;
        var next = Peek();
        switch (next)
        {
            case '(' when Peek(2) == '(' && IsArithmetic(_pos + 3):
                _pos += 3;
                Arithmetic(builder, quoted, start, WordMode.Arithmetic, "))");
                return;
            case '(':
                _pos += 2;
                if (!Enter()) return;
                var body = ListUntil(')', start, true);
                Leave();
                builder.Add(new WordPart(PartKind.Command, _text[start..Math.Min(_pos, _text.Length)], quoted) { Body = body });
                return;
            case '[':
                _pos += 2;
                Arithmetic(builder, quoted, start, WordMode.Subscript, "]");
                return;
            case '{':
                _pos += 2;
                if (!Enter()) return;
                builder.Add(Parameter(start, quoted));
                Leave();
                return;
            case '\'' when !quoted:
                AnsiQuoted(builder);
                return;
            case '"' when !quoted:
                _pos++;
                return;
        }
        var end = _pos + 1;
        if (next == '_' || char.IsAsciiLetter(next))
        {
            while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] == '_')) end++;
        }
        else if (char.IsAsciiDigit(next) || next is '@' or '*' or '#' or '?' or '-' or '$' or '!') end++;
        if (end == _pos + 1) builder.Add('$', quoted);
        else builder.Add(new WordPart(PartKind.Parameter, _text[(_pos + 1)..end], quoted));
        _pos = end;
    }

    private void Arithmetic(WordBuilder builder, bool quoted, int start, WordMode mode, string closer)
    {
        if (!Enter()) return;
        var expression = Parts(mode, true);
        Leave();
        if (At(closer)) _pos += closer.Length;
        else Note("unclosed $((", start);
        builder.Add(new WordPart(PartKind.Arithmetic, _text[start..Math.Min(_pos, _text.Length)], quoted) { Argument = expression });
    }

    /// <summary>
    /// The text behind <c>((</c> closes with <c>))</c>: then it is arithmetic, else a subshell in a subshell. A scan, not a
    /// parse: trying both ways would double the work at each depth.
    /// </summary>
    private bool IsArithmetic(int from)
    {
        var open = 2;
        for (var i = from; i < _text.Length; i++)
        {
            switch (_text[i])
            {
                case '(':
                    open++;
                    break;
                case ')':
                    if (--open == 1) return i + 1 < _text.Length && _text[i + 1] == ')';
                    break;
                case '\\':
                    i++;
                    break;
                case '\'':
                    i = _text.IndexOf('\'', i + 1);
                    if (i < 0) return false;
                    break;
            }
        }
        return false;
    }

    /// <summary><c>${…}</c>, behind its bracket.</summary>
    private WordPart Parameter(int start, bool quoted)
    {
        var prefix = "";
        if (Current == '#' && Peek() != '}') { prefix = "len"; _pos++; }
        else if (Current == '!' && Peek() is not ('}' or ':' or '-' or '+' or '=' or '?')) { prefix = "ref"; _pos++; }
        var nameStart = _pos;
        if (char.IsAsciiLetter(Current) || Current == '_')
        {
            while (!AtEnd && (char.IsAsciiLetterOrDigit(Current) || Current == '_')) _pos++;
        }
        else if (char.IsAsciiDigit(Current))
        {
            while (!AtEnd && char.IsAsciiDigit(Current)) _pos++;
        }
        else if (Current is '@' or '*' or '#' or '?' or '-' or '$' or '!') _pos++;
        var name = _text[nameStart.._pos];
        WordNode? index = null;
        if (Current == '[')
        {
            _pos++;
            index = Parts(WordMode.Subscript, quoted);
            if (Current == ']') _pos++;
        }
        var op = prefix;
        WordNode? argument = null;
        WordNode? second = null;
        if (!AtEnd && Current != '}')
        {
            op = ParameterOperator();
            _pos += op.Length;
            // Why: in "${x#'a'}" the single quotes quote, in "${x:-'a'}" they are text.
            var isText = quoted && op is not ("#" or "##" or "%" or "%%" or "/" or "//");
            argument = Parts(op switch { ":" => WordMode.Offset, "/" or "//" => WordMode.Pattern, _ => WordMode.Operand }, isText);
            if ((op is "/" or "//" && Current == '/') || (op == ":" && Current == ':'))
            {
                _pos++;
                second = Parts(WordMode.Operand, quoted);
            }
            if (prefix == "ref") op = "ref" + op;
        }
        if (AtEnd) Note("unclosed ${", start);
        _pos++;
        return new WordPart(PartKind.Parameter, name, quoted)
        {
            Operator = op,
            Argument = argument,
            Second = second,
            Index = index,
        };
    }

    private string ParameterOperator() => (Current, Peek()) switch
    {
        (':', '-') => ":-",
        (':', '=') => ":=",
        (':', '?') => ":?",
        (':', '+') => ":+",
        ('%', '%') => "%%",
        ('#', '#') => "##",
        ('/', '/') => "//",
        ('^', '^') => "^^",
        (',', ',') => ",,",
        (var c, _) => c.ToString(),
    };

    private void Backquoted(WordBuilder builder, WordMode mode, bool quoted)
    {
        var start = _pos++;
        var code = new StringBuilder();
        while (_pos < _text.Length && _text[_pos] != '`')
        {
            if (_text[_pos] == '\\' && (Peek() is '`' or '\\' or '$' || (Peek() == '"' && mode == WordMode.DoubleQuoted))) _pos++;
            if (_pos < _text.Length) code.Append(_text[_pos++]);
        }
        if (AtEnd) Note("unclosed `", start, open: true);
        _pos = Math.Min(_pos + 1, _text.Length);
        if (!Enter()) return;
        var body = Parse(new SourceText(code.ToString(), _source.Map(start, _pos), false), _budget, _depth);
        Leave();
        builder.Add(new WordPart(PartKind.Command, _text[start.._pos], quoted) { Body = body });
    }
}
