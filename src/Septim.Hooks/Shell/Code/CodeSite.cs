namespace Septim.Hooks.Shell.Code;

/// <summary>One call as it stands in the code: what is called, with what, and where.</summary>
internal readonly record struct CodeSite(
    CodeText Text, CodeEffects Effects, CodeValue Callee, CodeArguments Arguments, int Start, int End)
{
    /// <summary>The full name: <c>os.path.join</c>; members of unknown values have only their own.</summary>
    public string Name => Callee.Name ?? "";

    public string Leaf => Callee.Leaf;

    public CodeValue First => Arguments.At(0);

    public bool IsMethod => Callee.Receiver is not null;

    public CodeValue Receiver => Callee.Receiver ?? CodeValue.Unknown;

    /// <summary>The receiver's own name is this module or class, or ends with it: <c>fs</c>, <c>this.fs</c>.</summary>
    public bool IsOn(string owner)
    {
        var name = Name;
        var dot = name.LastIndexOf('.');
        if (dot < 0) return false;
        var before = name.AsSpan(0, dot);
        return before.SequenceEqual(owner) || (before.EndsWith(owner) && before.Length > owner.Length && before[^(owner.Length + 1)] == '.');
    }

    public CodeValue? Any(Func<CodeValue, bool> test)
    {
        foreach (var argument in Arguments.Positional)
        {
            if (test(argument)) return argument;
        }
        return null;
    }

    public void Do(params ReadOnlySpan<string> words)
    {
        var values = new CodeValue[words.Length];
        for (var i = 0; i < words.Length; i++) values[i] = CodeValue.Of(words[i]);
        Effects.Do(Start, End, values);
    }

    /// <summary>A text for a shell, or a list of words, or several arguments that are words.</summary>
    public CodeValue Command(bool wordsApart)
    {
        if (Arguments.Count > 1 && wordsApart && First.Items is null) Effects.Run([.. WordsOnly()], Start, End);
        else Effects.Shell(First, Start, End);
        return CodeValue.Unknown;
    }

    /// <summary>A program and its arguments: <c>spawn('rm', ['-rf', '/'])</c>, <c>execlp('rm', 'rm', …)</c> without the name of its own.</summary>
    public CodeValue Program(bool repeatsName, bool trailingEnvironment = false)
    {
        var words = new List<CodeValue>();
        foreach (var argument in WordsOnly())
        {
            if (argument.Items is { } items && !argument.Is(CodeTraits.AnyOf)) words.AddRange(items);
            else words.Add(argument);
        }
        if (repeatsName && words.Count > 1) words.RemoveAt(1);
        // Why: an environment in braces was left out above already.
        if (trailingEnvironment && words.Count > 1 && Arguments.Positional[^1].Fields is null) words.RemoveAt(words.Count - 1);
        Effects.Run([.. words], Start, End);
        return CodeValue.Unknown;
    }

    /// <summary>Runs programs in the directory that an option names: <c>cwd='/srv'</c>, <c>{cwd: '/srv'}</c>.</summary>
    public CodeValue Within(string option, Func<CodeSite, CodeValue> run)
    {
        Arguments.Named.TryGetValue(option, out var directory);
        foreach (var argument in Arguments.Positional)
        {
            if (argument.Fields is { } fields && fields.TryGetValue(option, out var field)) directory = field;
        }
        if (directory is null) return run(this);
        var before = Effects.Directory;
        Effects.Directory = Effects.Located(directory);
        var made = run(this);
        Effects.Directory = before;
        return made;
    }

    public CodeValue Remove(bool tree)
    {
        foreach (var path in Arguments.Positional)
        {
            if (path.Fields is not null || path.Name is { Length: > 0 } and not null && path.Text is null && IsFunction(path)) continue;
            if (path.Items is { } items && !path.Is(CodeTraits.AnyOf))
            {
                foreach (var item in items) Effects.Do("rm", tree ? "-rf" : "-f", item, Start, End);
            }
            else Effects.Do("rm", tree ? "-rf" : "-f", path, Start, End);
        }
        return CodeValue.Unknown;
    }

    public CodeValue Two(string program, string? option = null)
    {
        var to = Arguments.At(1);
        if (option is null) Effects.Do(Start, End, CodeValue.Of(program), Effects.Located(First), Effects.Located(to));
        else Effects.Do(Start, End, CodeValue.Of(program), CodeValue.Of(option), Effects.Located(First), Effects.Located(to));
        return CodeValue.Unknown;
    }

    /// <summary><c>chmod(path, 0o777)</c>; the mode in the notation of the shell.</summary>
    public CodeValue Mode(CodeValue path, CodeValue mode, bool tree)
    {
        var shown = mode.Text is { } number ? CodeValue.Of(number.StartsWith("0o", StringComparison.Ordinal) ? number[2..] : number) : mode;
        if (tree) Effects.Do(Start, End, CodeValue.Of("chmod"), CodeValue.Of("-R"), shown, Effects.Located(path));
        else Effects.Do(Start, End, CodeValue.Of("chmod"), shown, Effects.Located(path));
        return CodeValue.Unknown;
    }

    public CodeValue Evaluate(CodeValue code, string interpreter, CodeLanguage language)
    {
        if (Effects.Evaluate(code, interpreter, Start, End) is { } literal && Effects.Level < CodeScanner.MostLevels)
            CodeScanner.Scan(language, Text.ToWord(literal), Effects.Calls, Text.Work, Effects.Level + 1);
        return CodeValue.Unknown;
    }

    private List<CodeValue> WordsOnly()
    {
        var words = new List<CodeValue>();
        foreach (var argument in Arguments.Positional)
        {
            if (argument.Fields is null) words.Add(argument);
        }
        return words;
    }

    private static bool IsFunction(CodeValue value) => value.Name is "function" or "err" or "e" or "cb" or "callback";
}
