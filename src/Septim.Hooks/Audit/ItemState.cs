namespace Septim.Hooks.Audit;

/// <summary>The one state in which an item ends.</summary>
internal enum ItemState
{
    /// <summary>What the item is about does not exist here.</summary>
    NotApplicable,
    Fail,

    /// <summary>A required input is there and could not be read, parsed, resolved or finished.</summary>
    Unknown,

    /// <summary>Part of it cannot be seen from files and nobody has attested it.</summary>
    Manual,
    Warn,
    Pass,
}
