namespace Septim.Hooks;

/// <summary>
/// "We could not judge": thrown anywhere below <c>FaultPolicy</c>, which alone decides what it means for the
/// event at hand. The message names the file, the line where there is one, and the way out; never a secret's value.
/// </summary>
internal sealed class HookFault(string message, Exception? cause = null) : Exception(message, cause);
