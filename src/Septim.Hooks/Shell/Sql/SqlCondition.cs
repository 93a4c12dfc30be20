namespace Septim.Hooks.Shell.Sql;

/// <summary>What stands behind WHERE.</summary>
internal enum SqlCondition
{
    /// <summary>There is no WHERE.</summary>
    None,
    /// <summary>It is true for every row: <c>1=1</c>, <c>true</c>, <c>x OR 1=1</c>.</summary>
    Always,
    /// <summary>It selects.</summary>
    Some,
}
