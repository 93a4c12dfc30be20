using System.IO.Hashing;
using System.Text;

namespace Septim.Hooks.Transcripts;

/// <summary>
/// The name of a state file for anything that may hold what a file name may not: a path, a run id, a subject. 32 hexadecimal digits;
/// equal texts have equal names, and no two different ones are expected to meet.
/// </summary>
internal static class StateName
{
    public static string Of(string text) => XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(text)).ToString("x32", null);
}
