using Septim.Hooks.Shell.Syntax;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>The state of one shell. Cloning is cheap: tables are shared until one side writes.</summary>
internal sealed class Scope
{
    [Flags]
    private enum Tables
    {
        None = 0,
        Variables = 1,
        Functions = 2,
        Aliases = 4,
        Inputs = 8,
        Outputs = 16,
        Uncertain = 32,
        All = 63,
    }

    private readonly Budget _budget;
    private Dictionary<string, Variable> _variables = [];
    private Dictionary<string, FunctionNode> _functions = [];
    private Dictionary<string, AliasText> _aliases = [];
    private Dictionary<int, Feed> _inputs = [];
    private Dictionary<int, Word> _outputs = [];
    private HashSet<string> _uncertain = [];
    private Tables _shared;
    private Dictionary<string, Word>? _exported;

    public Scope(Budget budget, string? directory)
    {
        _budget = budget;
        Directory = directory;
    }

    /// <summary>Absolute; null when unknown.</summary>
    public string? Directory { get; set; }

    public string? Before { get; set; }

    public Word[] Arguments { get; set; } = [];

    /// <summary><c>$0</c>.</summary>
    public Word Zero { get; set; } = Word.Of("bash");

    /// <summary>What <c>local</c> hid in the function being run; null outside functions.</summary>
    public List<(string Name, Variable? Before)>? Locals { get; set; }

    public Departure Departure { get; set; }

    /// <summary>
    /// As <c>shopt</c> said. Null before that: the client's shell starts with aliases switched on (its snapshot does, client 2.1.330), and
    /// then they hold from the next line on.
    /// </summary>
    public bool? ExpandsAliases { get; set; }

    public bool LastPipeStays { get; set; }

    public IReadOnlyDictionary<string, Variable> Variables => _variables;

    /// <summary>Some variable has, or had, several possible values: commands may have to run once for each.</summary>
    public bool HasChoices { get; private set; }

    public Scope Clone()
    {
        _shared = Tables.All;
        return (Scope)MemberwiseClone();
    }

    public Variable? Find(string name) => _variables.TryGetValue(name, out var variable) ? variable : null;

    public void Set(string name, Variable variable)
    {
        // Why: another shell, or a branch that was not taken, lets the new value in; either may be what is used.
        Put(name, Find(name) is { IsReadOnly: true } kept ? Variable.Join(name, kept, variable) : variable);
    }

    /// <summary>Sets it whatever it is: what a function's <c>local</c> hid comes back.</summary>
    public void Put(string name, Variable variable)
    {
        Own(Tables.Variables);
        HasChoices |= variable.Values.Length > 1;
        if (variable.IsExported || Find(name) is { IsExported: true }) _exported = null;
        _variables[name] = variable;
    }

    public void Forget(string name)
    {
        Own(Tables.Variables);
        if (_variables.Remove(name, out var variable) && variable.IsExported) _exported = null;
    }

    public FunctionNode? Function(string name) => _functions.Count > 0 && _functions.TryGetValue(name, out var node) ? node : null;

    public void Define(string name, FunctionNode? node)
    {
        Own(Tables.Functions);
        Settle(name);
        if (node is null) _functions.Remove(name);
        else _functions[name] = node;
    }

    /// <summary>A function or alias of that name may be defined or not: it was defined on one way only.</summary>
    public bool IsUncertain(string name) => _uncertain.Count > 0 && _uncertain.Contains(name);

    public AliasText? Alias(string name) => _aliases.Count > 0 && _aliases.TryGetValue(name, out var text) ? text : null;

    public void SetAlias(string name, AliasText? text)
    {
        Own(Tables.Aliases);
        Settle(name);
        if (text is null) _aliases.Remove(name);
        else _aliases[name] = text;
    }

    public bool HasInputs => _inputs.Count > 0;

    public Feed? Input(int descriptor) => _inputs.TryGetValue(descriptor, out var feed) ? feed : null;

    public void SetInput(int descriptor, Feed feed)
    {
        Own(Tables.Inputs);
        _inputs[descriptor] = feed;
    }

    /// <summary>The file that a descriptor writes to.</summary>
    public Word? Output(int descriptor) => _outputs.TryGetValue(descriptor, out var file) ? file : null;

    public void SetOutput(int descriptor, Word file)
    {
        Own(Tables.Outputs);
        _outputs[descriptor] = file;
    }

    /// <summary>Exported variables; of several possible values the longest, which is the one that does most. Null: none.</summary>
    public IReadOnlyDictionary<string, Word>? Exported()
    {
        if (_exported is null)
        {
            _exported = [];
            _budget.Work(2 * _variables.Count);
            foreach (var (name, variable) in _variables)
            {
                if (!variable.IsExported || variable.Values.Length == 0) continue;
                var longest = variable.Values[0];
                for (var i = 1; i < variable.Values.Length; i++)
                {
                    var value = variable.Values[i];
                    if (value.Shown.Length > longest.Shown.Length) longest = value;
                }
                _exported[name] = longest;
            }
        }
        return _exported.Count == 0 ? null : _exported;
    }

    /// <summary>Goes on as whichever of both happened; a departed side is left out.</summary>
    public static Scope Join(Scope first, Scope second)
    {
        if (first.Departure != Departure.None && second.Departure == Departure.None) return second;
        if (second.Departure != Departure.None && first.Departure == Departure.None) return first;
        if (ReferenceEquals(first, second)) return first;
        var joined = first.Clone();
        joined.Departure = first.Departure < second.Departure ? first.Departure : second.Departure;
        if (first.Directory != second.Directory) joined.Directory = null;
        if (first.Before != second.Before) joined.Before = null;
        if (!ReferenceEquals(first._variables, second._variables))
        {
            // Why: a value that differs becomes a new list of values.
            joined._budget.Work(8L * (first._variables.Count + second._variables.Count));
            foreach (var (name, variable) in second._variables) joined.Put(name, Variable.Join(name, first.Find(name), variable));
            foreach (var (name, variable) in first._variables)
            {
                if (second.Find(name) is null) joined.Put(name, Variable.Join(name, variable, null));
            }
        }
        if (!ReferenceEquals(first._uncertain, second._uncertain))
        {
            foreach (var name in second._uncertain) joined.Doubt(name);
        }
        if (!ReferenceEquals(first._functions, second._functions))
        {
            joined.Own(Tables.Functions);
            joined.Unite(first._functions, second._functions);
            foreach (var (name, node) in second._functions) joined._functions[name] = node;
        }
        if (!ReferenceEquals(first._aliases, second._aliases))
        {
            joined.Own(Tables.Aliases);
            joined.Unite(first._aliases, second._aliases);
            foreach (var (name, text) in second._aliases) joined._aliases[name] = text;
        }
        if (!ReferenceEquals(first._inputs, second._inputs))
        {
            foreach (var (descriptor, feed) in second._inputs) joined.SetInput(descriptor, feed);
        }
        if (!ReferenceEquals(first._outputs, second._outputs))
        {
            foreach (var (descriptor, file) in second._outputs) joined.SetOutput(descriptor, file);
        }
        joined.HasChoices |= second.HasChoices;
        if (joined.ExpandsAliases != second.ExpandsAliases) joined.ExpandsAliases = first.ExpandsAliases == true || second.ExpandsAliases == true ? true : null;
        joined.LastPipeStays |= second.LastPipeStays;
        return joined;
    }

    /// <summary>What only one side defines, or both differently, is uncertain.</summary>
    private void Unite<T>(Dictionary<string, T> first, Dictionary<string, T> second) where T : class
    {
        _budget.Work(first.Count + second.Count);
        foreach (var (name, value) in second)
        {
            if (!first.TryGetValue(name, out var other) || !Equals(other, value)) Doubt(name);
        }
        foreach (var (name, _) in first)
        {
            if (!second.ContainsKey(name)) Doubt(name);
        }
    }

    private void Doubt(string name)
    {
        if (_uncertain.Contains(name)) return;
        Own(Tables.Uncertain);
        _uncertain.Add(name);
    }

    private void Settle(string name)
    {
        if (!IsUncertain(name)) return;
        Own(Tables.Uncertain);
        _uncertain.Remove(name);
    }

    /// <summary>Takes over all of <paramref name="other"/>: the way this shell went on.</summary>
    public void Become(Scope other)
    {
        if (ReferenceEquals(this, other)) return;
        other._shared = Tables.All;
        _shared = Tables.All;
        _variables = other._variables;
        _functions = other._functions;
        _aliases = other._aliases;
        _inputs = other._inputs;
        _outputs = other._outputs;
        _uncertain = other._uncertain;
        _exported = other._exported;
        Directory = other.Directory;
        Before = other.Before;
        Arguments = other.Arguments;
        Departure = other.Departure;
        ExpandsAliases = other.ExpandsAliases;
        LastPipeStays = other.LastPipeStays;
        HasChoices |= other.HasChoices;
    }

    private void Own(Tables table)
    {
        if ((_shared & table) == 0) return;
        _shared &= ~table;
        switch (table)
        {
            case Tables.Variables:
                _budget.Work(2 * _variables.Count);
                _variables = new(_variables);
                break;
            case Tables.Functions:
                _budget.Work(_functions.Count);
                _functions = new(_functions);
                break;
            case Tables.Aliases:
                _budget.Work(_aliases.Count);
                _aliases = new(_aliases);
                break;
            case Tables.Inputs:
                _budget.Work(_inputs.Count);
                _inputs = new(_inputs);
                break;
            case Tables.Outputs:
                _budget.Work(_outputs.Count);
                _outputs = new(_outputs);
                break;
            default:
                _budget.Work(_uncertain.Count);
                _uncertain = new(_uncertain);
                break;
        }
    }
}
