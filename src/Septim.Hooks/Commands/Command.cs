namespace Septim.Hooks.Commands;

/// <summary>One verb for people.</summary>
/// <param name="Verb">As typed.</param>
/// <param name="Usage">The line after <c>usage: septim</c>, then one line an option.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Run">Arguments after the verb and the outside, to the exit code: 0 fine, 1 findings, 2 usage or fault.</param>
internal sealed record Command(string Verb, string Usage, string Summary, CommandBody Run);

/// <summary>The body of a verb.</summary>
internal delegate int CommandBody(ReadOnlySpan<string> args, CommandIo io);
