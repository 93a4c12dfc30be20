namespace Septim.Hooks.Audit;

/// <summary>The changes that <c>audit --fix</c> may make.</summary>
internal enum FixEditKind
{
    /// <summary>Sets a key that is not there yet; a value of others is never replaced.</summary>
    SetIfAbsent,

    /// <summary>Sets a key whose present value the finding names.</summary>
    Set,

    /// <summary>Appends to a list what it does not hold yet.</summary>
    AppendToList,

    /// <summary>Replaces one string of a list; the value is the old and the new text with a line end between.</summary>
    ReplaceInList,

    /// <summary>Sets a key of hook entries that lack it; the keys are the event, the command (or URL) and the key.</summary>
    SetOnHook,

    /// <summary>Takes out a key whose present value the finding names.</summary>
    Remove,

    /// <summary>Adds a line to a text file that does not hold it yet.</summary>
    AddLine,

    /// <summary>Puts septim's own entries into a settings file; the value is the program.</summary>
    WireHooks,

    /// <summary>Writes a new file; never replaces one.</summary>
    CreateFile,
}
