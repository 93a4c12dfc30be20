namespace Septim.Hooks.Audit.Surroundings;

/// <summary>An account, context or profile that commands could act as.</summary>
/// <param name="Kind">kubernetes, aws, gcloud, docker or ssh.</param>
/// <param name="Name">Its name; names only, never keys.</param>
/// <param name="Detail">Role, user or project behind it.</param>
/// <param name="IsActive">It is used when nobody chooses.</param>
/// <param name="Place">Where it is defined.</param>
internal sealed record Identity(string Kind, string Name, string Detail, bool IsActive, Place Place)
{
    private static readonly string[] Production = ["prod", "production", "live", "prd"];
    private static readonly string[] ReadOnly = ["ro", "read", "readonly", "view", "viewer", "audit", "auditor", "reader"];
    private static readonly string[] Admin = ["admin", "administrator", "administratoraccess", "poweruser", "poweruseraccess", "owner", "root", "superuser"];

    public bool IsProduction => NamesProduction(Name) || NamesProduction(Detail);
    public bool IsReadOnly => Words.HasToken(Name, ReadOnly) || Words.HasToken(Detail, ReadOnly);
    public bool IsAdmin => Words.HasToken(Name, Admin) || Words.HasToken(Detail, Admin) || Detail.HasWord("administrator") || Detail.HasWord("poweruser");
    /// <summary>A role of the providers that may do everything; "admin" in a name may mean anything.</summary>
    public bool HasAdminRole => Detail.HasWord("administrator") || Detail.HasWord("poweruser") || Words.HasToken(Detail, "owner");

    /// <summary>A word of its own, and not "non-prod" or "pre-prod".</summary>
    private static bool NamesProduction(string text)
    {
        var before = "";
        foreach (var token in Words.Tokens(text))
        {
            if (Production.Contains(token) && before is not ("non" or "not" or "pre" or "no")) return true;
            before = token;
        }
        return false;
    }

    public string Shown => Detail.Length == 0 ? $"{Kind} {Name}" : $"{Kind} {Name} ({Detail})";
}
