#pragma warning disable IDE0130 // The compiler knows both by these full names.
namespace System.Runtime;

/// <summary>Compiles a static method as a plain native function of this name: no switch of modes around it, so it may run before the runtime is set up and while it collects.</summary>
/// <param name="entry">The symbol.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RuntimeExportAttribute(string entry) : Attribute
{
    public string EntryPoint => entry;
}

/// <summary>The other way: an internal call goes straight to a native function, without a switch of modes and without asking whether a collection waits.</summary>
/// <param name="library">Always <c>*</c>: linked in.</param>
/// <param name="entry">The symbol.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RuntimeImportAttribute(string library, string entry) : Attribute
{
    public string Library => library;

    public string EntryPoint => entry;
}
