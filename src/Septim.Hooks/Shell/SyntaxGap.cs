namespace Septim.Hooks.Shell;

/// <summary>Syntax that bash would refuse or wait for. What could be recovered was read all the same.</summary>
/// <param name="Message">For people: <c>unclosed ' quote</c>.</param>
/// <param name="Offset">Where it begins in the command.</param>
/// <param name="HasOpenCode">An open position would have run code: <c>$(</c>, <c>`</c>, <c>&lt;(</c>, a compound.</param>
internal sealed record SyntaxGap(string Message, int Offset, bool HasOpenCode);
