namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Texts that a program hands to a shell, or to another interpreter inside it.</summary>
internal sealed class Doors
{
    private readonly List<(CodeLanguage Language, Word Code)> _found = [];

    public IReadOnlyList<(CodeLanguage Language, Word Code)> Found => _found;

    public void Add(Word code) => _found.Add((CodeLanguage.Shell, code));

    public void Add(CodeLanguage language, Word code) => _found.Add((language, code));

    public void AddRange(IEnumerable<Word> codes)
    {
        foreach (var code in codes) Add(code);
    }
}
