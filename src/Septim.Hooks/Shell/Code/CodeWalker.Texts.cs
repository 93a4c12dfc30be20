namespace Septim.Hooks.Shell.Code;

/// <summary>Texts with variables and expressions in them.</summary>
internal sealed partial class CodeWalker
{
    /// <summary>As <see cref="Fold"/>; with a loop variable in it, the text is one of several.</summary>
    private CodeValue FoldEach(string value)
    {
        if (!CodeText.HasMark(value)) return CodeValue.Of(value);
        var origins = CodeValue.Unknown;
        var isEach = false;
        foreach (var c in value)
        {
            if (!CodeText.IsMark(c) || text.VariableAt(c) is not { } name) continue;
            if (!variables.TryGetValue(Bare(name), out var known))
            {
                if (FreeNames.Has(Language, name)) origins = CodeValue.Mixed(origins, new CodeValue { Traits = CodeTraits.Free });
                continue;
            }
            origins = CodeValue.Mixed(origins, CodeFlow.Origins(known));
            isEach |= known.Is(CodeTraits.AnyOf) && known.Items is not null;
        }
        if (!isEach) return EachEmbedded(value) ?? Folded(value, origins);
        foreach (var c in value)
        {
            if (!CodeText.IsMark(c) || text.VariableAt(c) is not { } name || !variables.TryGetValue(Bare(name), out var known)
                || !known.Is(CodeTraits.AnyOf) || known.Items is not { } choices) continue;
            var each = new List<CodeValue>();
            for (var i = 0; i < choices.Length && i < 16; i++)
            {
                if (choices[i].Text is { } choice && text.Work.Fold((long)value.Length * (choice.Length + 1)))
                    each.Add(CodeValue.Of(Fold(value.Replace(c.ToString(), choice, StringComparison.Ordinal))));
            }
            if (each.Count > 0) return new CodeValue { Items = [.. each], Traits = CodeTraits.AnyOf }.From(origins);
        }
        return Folded(value, origins);
    }

    /// <summary>With an expression in it that is one of several, the text is so, too; null when none is.</summary>
    private CodeValue? EachEmbedded(string value)
    {
        foreach (var c in value)
        {
            if (!CodeText.IsMark(c) || text.VariableAt(c) is not null || text.EmbeddedAt(c) is not { } range || ValueOf(range.Start, range.End) is not { } inside) continue;
            if (!inside.Is(CodeTraits.AnyOf) || inside.Items is not [{ Text: not null }, ..] choices) continue;
            var each = new List<CodeValue>();
            for (var i = 0; i < choices.Length && i < 16; i++)
            {
                if (choices[i].Text is { } choice && text.Work.Fold((long)value.Length * (choice.Length + 1))) each.Add(CodeValue.Of(Fold(value.Replace(c.ToString(), choice, StringComparison.Ordinal))));
            }
            return new CodeValue { Items = [.. each], Traits = CodeTraits.AnyOf }.From(CodeFlow.Origins(inside));
        }
        return null;
    }

    private CodeValue Folded(string value, CodeValue origins)
    {
        _inText = origins;
        var folded = Fold(value);
        origins = _inText;
        return origins.HasOrigin ? origins.With(folded) : CodeValue.Of(folded);
    }

    /// <summary>Where the expressions in the text that is folded come from.</summary>
    private CodeValue _inText = CodeValue.Unknown;

    /// <summary>The value of a text whose embedded variables are known by now.</summary>
    private string Fold(string value)
    {
        if (!CodeText.HasMark(value)) return value;
        var folded = new System.Text.StringBuilder();
        foreach (var c in value)
        {
            if (CodeText.IsMark(c) && text.VariableAt(c) is { } name && variables.TryGetValue(Bare(name), out var known) && known.Text is { } inner
                && text.Work.Fold(inner.Length)) folded.Append(inner);
            else if (CodeText.IsMark(c) && text.EmbeddedAt(c) is { } range && Embedded(range.Start, range.End) is { } made && text.Work.Fold(made.Length)) folded.Append(made);
            else folded.Append(c);
        }
        return folded.ToString();
    }

    /// <summary>What an expression inside a text is worth; what it does is for <see cref="Walk"/>. Null when not known.</summary>
    private string? Embedded(int start, int end) => ValueOf(start, end)?.Text;

    private CodeValue? ValueOf(int start, int end)
    {
        // Why: a text inside a text inside a text would be read once more at each level.
        if (_isEmbedded)
        {
            _inText = CodeValue.Mixed(_inText, new CodeValue { Traits = CodeTraits.Free });
            return null;
        }
        var (tokens, at, muted, before) = (_tokens, _at, effects.IsMuted, _inText);
        (_isEmbedded, effects.IsMuted) = (true, true);
        _tokens = lexer.Read(start, end);
        _at = 0;
        var value = Expression();
        var isWhole = _at >= _tokens.Count;
        (_tokens, _at, effects.IsMuted) = (tokens, at, muted);
        _isEmbedded = false;
        _inText = CodeValue.Mixed(before, CodeFlow.Origins(value));
        return isWhole ? value : null;
    }
}
