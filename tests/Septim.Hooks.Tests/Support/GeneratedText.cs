using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Septim.Hooks.Tests.Support;

/// <summary>
/// A pool of text as it stands inside JSON strings of real transcripts: numbered source lines, paths with backslashes,
/// colour codes, other scripts, and quoted JSON that looks like a response with usage but is only text.
/// </summary>
internal sealed class GeneratedText
{
    private static readonly string[] Words =
        ("session token cache budget hook file build error return await static string span parse value index length read write buffer stream "
        + "config model request result message content cost limit block tool agent branch merge commit test expected actual warning import")
        .Split(' ');

    private readonly GeneratedNumbers _numbers;
    private readonly byte[][] _lines = new byte[8000][];

    public GeneratedText(GeneratedNumbers numbers)
    {
        _numbers = numbers;
        for (var i = 0; i < _lines.Length; i++)
            _lines[i] = Encoding.UTF8.GetBytes(JsonEncodedText.Encode(Line(), System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString() + "\\n");
    }

    /// <summary>Writes at least this many bytes of escaped text.</summary>
    public void Write(IBufferWriter<byte> to, long bytes)
    {
        var next = _numbers.Below(_lines.Length);
        for (long written = 0; written < bytes; next = (next + 1) % _lines.Length)
        {
            to.Write(_lines[next]);
            written += _lines[next].Length;
        }
    }

    private string Line()
    {
        var words = string.Join(' ', Enumerable.Range(0, _numbers.Between(4, 14)).Select(_ => Words[_numbers.Below(Words.Length)]));
        return _numbers.Below(10) switch
        {
            0 or 1 => $"{_numbers.Between(1, 2400)}→        {words};",
            2 or 3 => $"    \"{Words[_numbers.Below(Words.Length)]}\": {{\"text\": \"{words}\", \"n\": {_numbers.Below(99999)}}},",
            4 => $@"C:\Users\dev\src\{Words[_numbers.Below(Words.Length)]}\file.cs({_numbers.Between(1, 900)},7): error CS1002: {words}",
            5 => $"\u001b[31m✗\u001b[0m {words}\t({_numbers.Between(1, 900)} ms)",
            6 => $"解析する処理 — “{words}” 🚀 é ü",
            7 => $$$$"""{"type":"assistant","message":{"id":"msg_quoted","model":"claude-opus-5-5","usage":{"input_tokens":{{{{_numbers.Below(999999)}}}},"output_tokens":{{{{_numbers.Below(99999)}}}}}}}""",
            _ => words + ".",
        };
    }
}
