using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>One invocation before the rules, with what several of them ask; worked out once.</summary>
internal sealed class RuleCase(Invocation invocation, ShellReading reading, RuleSetting setting, RuleCase[] all, CaseWork work)
{
    private List<FileEffect>? _effects;
    private FindTool.Reading? _finder;
    private NetworkTool.Request? _request;
    private bool _requestRead;
    private List<string>? _sqlTexts;
    private bool _sqlRead;
    private GitCall? _git;
    private bool _gitRead;
    private ListedVerb? _listed;
    private BashFinding? _listedFinding;
    private bool _listedRead;
    private bool? _asksForHelp;
    private Dictionary<string, BashFinding?>? _found;

    /// <summary>One case for each invocation, in order.</summary>
    public static RuleCase[] AllOf(ShellReading reading, RuleSetting setting)
    {
        var cases = new RuleCase[reading.Invocations.Length];
        var work = new CaseWork();
        for (var i = 0; i < cases.Length; i++) cases[i] = new RuleCase(reading.Invocations[i], reading, setting, cases, work);
        return cases;
    }

    public Invocation Invocation => invocation;

    public ShellReading Reading => reading;

    public RuleSetting Setting => setting;

    /// <summary>The case of another invocation of the same reading.</summary>
    public RuleCase Of(Invocation other) => other.Order < all.Length && ReferenceEquals(all[other.Order].Invocation, other)
        ? all[other.Order]
        : new RuleCase(other, reading, setting, all, work);

    /// <summary>What all cases of the reading share.</summary>
    public CaseWork Work => work;

    /// <summary>The cases of all invocations, in order.</summary>
    public RuleCase[] All => all;

    /// <summary>The program's plain name; see <see cref="Shell.Invocation.Name"/>.</summary>
    public string Name => invocation.Name;

    public Word[] Arguments => invocation.Arguments;

    /// <summary>What it does to files, its redirections included: the tools' side is in <see cref="FileEffects"/>.</summary>
    public List<FileEffect> Effects => _effects ??= FileEffects.Of(this);

    /// <summary>The git command, or null.</summary>
    public GitCall? Git
    {
        get
        {
            if (!_gitRead) { _git = GitCall.Of(this); _gitRead = true; }
            return _git;
        }
    }

    /// <summary>The request of curl or wget, read once for all rules; null for other programs.</summary>
    public NetworkTool.Request? Request
    {
        get
        {
            if (!_requestRead) { _request = NetworkTool.Read(invocation); _requestRead = true; }
            return _request;
        }
    }

    /// <summary>Everything that an SQL client will run and that is known here, read once for all rules; null when the program is none.</summary>
    public List<string>? SqlTexts
    {
        get
        {
            if (_sqlRead) return _sqlTexts;
            _sqlRead = true;
            return _sqlTexts = SqlClient.Of(this) is { } client ? SqlClient.Statements(this, client) : null;
        }
    }

    /// <summary>The find command, read once however many commands it starts.</summary>
    public FindTool.Reading Finder => _finder ??= FindTool.Read(Arguments);

    /// <summary>What <see cref="ListedTools"/> has of the command, when it is that rule's.</summary>
    public BashFinding? Listed(string rule)
    {
        if (!_listedRead)
        {
            _listedRead = true;
            _listed = Name.Length > 1 ? ListedTools.Of(Name) : null;
            if (_listed is not null && !AsksForHelp) _listedFinding = _listed.Find(this);
        }
        return _listedFinding is not null && _listed!.Rule == rule ? _listedFinding : null;
    }

    /// <summary>What the rule finds, worked out once: exec-interpreter-fs asks all rules about files before their turn.</summary>
    public BashFinding? FindingOf(BashRule rule)
    {
        if ((invocation.Reach & Reach.Interpreter) == 0) return rule.Find(this);
        _found ??= [];
        if (!_found.TryGetValue(rule.Id, out var finding)) _found[rule.Id] = finding = rule.Find(this);
        return finding;
    }

    /// <summary>Where a path operand lies, links of this command included.</summary>
    public Place PlaceOf(Word path)
    {
        if (invocation.IsRemote) return ContainerMounts.Of(path, this) ?? PathClass.Of(path, invocation.Directory, setting, true);
        var place = PathClass.Of(path, invocation.Directory, setting, false);
        return work.Links(all).Count == 0 ? place : MadeLinks.Through(place, path, this);
    }

    /// <summary>The argument at <paramref name="index"/> when it is there and known, else null.</summary>
    public string? Argument(int index) => index < Arguments.Length ? Arguments[index].Text : null;

    /// <summary>Some argument is exactly this text.</summary>
    public bool HasArgument(string text)
    {
        foreach (var argument in Arguments)
        {
            if (argument.Is(text)) return true;
        }
        return false;
    }

    /// <summary>
    /// The command asks the tool for its help or version only: <c>--help</c>, <c>--version</c> before any <c>--</c>, and not
    /// where it may be the value of the option before it (<c>curl -H --help</c>).
    /// </summary>
    public bool AsksForHelp => _asksForHelp ??= LooksForHelp();

    private bool LooksForHelp()
    {
        for (var i = 0; i < Arguments.Length; i++)
        {
            var argument = Arguments[i];
            if (argument.Is("--")) return false;
            if (!argument.Is("--help") && !argument.Is("--version")) continue;
            return i == 0 || Name is not ("find" or "git") && !Arguments[i - 1].StartsWith("-") || Arguments[i - 1].Shown.Contains('=');
        }
        return false;
    }
}
