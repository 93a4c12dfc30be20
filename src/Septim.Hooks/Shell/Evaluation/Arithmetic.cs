namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Integer arithmetic on known numbers: <c>+ - * / % ( )</c>. Anything else is unknown, not wrong.</summary>
internal ref struct Arithmetic
{
    private readonly ReadOnlySpan<char> _text;
    private int _pos;
    private bool _failed;

    private Arithmetic(ReadOnlySpan<char> text)
    {
        _text = text;
        _pos = 0;
        _failed = false;
    }

    public static long? Evaluate(ReadOnlySpan<char> text)
    {
        if (text.Length > 256) return null;
        var reader = new Arithmetic(text);
        var value = reader.Sum(0);
        reader.Blanks();
        return reader._failed || reader._pos < text.Length || text.IsWhiteSpace() ? null : value;
    }

    private void Blanks()
    {
        while (_pos < _text.Length && _text[_pos] is ' ' or '\t' or '\n') _pos++;
    }

    private char Operator()
    {
        Blanks();
        return _pos < _text.Length ? _text[_pos] : '\0';
    }

    private long Sum(int depth)
    {
        var value = Product(depth);
        while (!_failed && Operator() is '+' or '-')
        {
            var minus = _text[_pos++] == '-';
            var next = Product(depth);
            value = unchecked(minus ? value - next : value + next);
        }
        return value;
    }

    private long Product(int depth)
    {
        var value = Atom(depth);
        while (!_failed && Operator() is '*' or '/' or '%')
        {
            var op = _text[_pos++];
            var next = Atom(depth);
            if (op == '*') value = unchecked(value * next);
            else if (next is 0 or -1) _failed = true;
            else value = op == '/' ? value / next : value % next;
        }
        return value;
    }

    private long Atom(int depth)
    {
        var op = Operator();
        if (depth > 32) { _failed = true; return 0; }
        if (op is '-' or '+')
        {
            _pos++;
            var value = Atom(depth + 1);
            return unchecked(op == '-' ? -value : value);
        }
        if (op == '(')
        {
            _pos++;
            var value = Sum(depth + 1);
            if (Operator() == ')') _pos++;
            else _failed = true;
            return value;
        }
        var start = _pos;
        while (_pos < _text.Length && char.IsAsciiDigit(_text[_pos])) _pos++;
        // Why: 08 is an error and 010 is eight; neither is worth being right about.
        if (_pos == start || (_text[start] == '0' && _pos - start > 1)
            || !long.TryParse(_text[start.._pos], out var number)) { _failed = true; return 0; }
        return number;
    }
}
