using System.Text.RegularExpressions;

namespace Septim.Hooks.Audit.Secrets;

/// <summary>The shape of one provider's secrets.</summary>
/// <param name="Class">The rule's name in reports.</param>
/// <param name="Keywords">At least one of them stands in every match; the cheap first stage.</param>
/// <param name="Shape">The whole shape, length-bounded; group "v" is the secret when only a part of the match is.</param>
/// <param name="MinEntropy">Bits a character; below it the match is no finding.</param>
/// <param name="Life">What is at stake, by the match.</param>
internal sealed record SecretRule(string Class, string[] Keywords, Func<Regex> Shape, double MinEntropy = 0, Func<string, SecretLife>? Life = null);
