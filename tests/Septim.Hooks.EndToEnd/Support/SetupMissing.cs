namespace Septim.Hooks.EndToEnd.Support;

/// <summary>Something these tests need is not on this machine. The message is one line and names what to install; the test fails, it is never skipped.</summary>
internal sealed class SetupMissing(string message) : Exception(message);
