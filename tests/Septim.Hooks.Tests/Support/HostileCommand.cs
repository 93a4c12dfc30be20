namespace Septim.Hooks.Tests.Support;

/// <summary>One family of commands that are made to be slow, large or endless to read.</summary>
/// <param name="Name">What it repeats.</param>
/// <param name="Make">The command of about so many characters; the same for the same size.</param>
internal sealed record HostileCommand(string Name, Func<int, string> Make);
