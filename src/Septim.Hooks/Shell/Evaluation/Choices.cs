namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Which of its possible values each variable of one command has in this round; counts through all combinations.</summary>
internal sealed class Choices
{
    private const int MostRounds = 24;

    private readonly List<(string Name, int Count, int Index)> _picks = [];
    private int _rounds;

    public int Pick(string name, int count)
    {
        foreach (var pick in _picks)
        {
            if (pick.Name == name) return Math.Min(pick.Index, count - 1);
        }
        _picks.Add((name, count, 0));
        return 0;
    }

    public bool Next()
    {
        if (_picks.Count == 0 || ++_rounds >= MostRounds) return false;
        for (var i = 0; i < _picks.Count; i++)
        {
            var (name, count, index) = _picks[i];
            if (index + 1 < count)
            {
                _picks[i] = (name, count, index + 1);
                return true;
            }
            _picks[i] = (name, count, 0);
        }
        return false;
    }
}
