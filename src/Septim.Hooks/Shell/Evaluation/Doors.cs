using Septim.Hooks.Shell.Syntax;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Texts that one program hands to a shell, or to another interpreter inside it.</summary>
internal sealed class Doors(Budget budget)
{
    /// <summary>More than these of one program count as expansions.</summary>
    private const int Free = 32;

    private readonly List<(CodeLanguage Language, Word Code)> _found = [];

    public IReadOnlyList<(CodeLanguage Language, Word Code)> Found => _found;

    /// <summary>No more are taken: reading on is of no use.</summary>
    public bool IsFull => budget.IsSpent;

    public void Add(Word code) => Add(CodeLanguage.Shell, code);

    public void Add(CodeLanguage language, Word code)
    {
        if (_found.Count < Free || budget.Expansion()) _found.Add((language, code));
    }

    public void AddRange(IEnumerable<Word> codes)
    {
        foreach (var code in codes) Add(code);
    }
}
