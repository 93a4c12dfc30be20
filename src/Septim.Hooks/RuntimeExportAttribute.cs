#pragma warning disable IDE0130 // The compiler knows it by this full name.
namespace System.Runtime;

/// <summary>Compiles a static method as a plain native function of this name: no switch of modes around it, so it may run before the runtime is set up.</summary>
/// <param name="entry">The symbol.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RuntimeExportAttribute(string entry) : Attribute
{
    public string EntryPoint => entry;
}
