using System.Text.Encodings.Web;

namespace Septim.Hooks.Claude;

/// <summary>
/// Escapes what JSON must have escaped, and DEL and the C1 controls, which move a terminal's cursor. The encoders of the base library
/// build a table of all of Unicode at first use; that costs as much as reading the state does.
/// </summary>
internal sealed unsafe class JsonEscapes : JavaScriptEncoder
{
    public static readonly JsonEscapes Only = new();

    private JsonEscapes()
    {
    }

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\' or (>= 0x7F and < 0xA0);

    /// <inheritdoc/>
    /// <remarks>A surrogate without its other half is found too; the caller puts U+FFFD in its place.</remarks>
    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (var i = 0; i < textLength; i++)
        {
            var c = text[i];
            if (WillEncode(c)) return i;
            if (!char.IsSurrogate(c)) continue;
            if (!char.IsHighSurrogate(c) || i + 1 == textLength || !char.IsLowSurrogate(text[i + 1])) return i;
            i++;
        }
        return -1;
    }

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var output = new Span<char>(buffer, bufferLength);
        if (!WillEncode(unicodeScalar))
        {
            var rune = new System.Text.Rune(unicodeScalar);
            return rune.TryEncodeToUtf16(output, out numberOfCharactersWritten);
        }
        var letter = (char)unicodeScalar switch { '"' => '"', '\\' => '\\', '\n' => 'n', '\r' => 'r', '\t' => 't', '\b' => 'b', '\f' => 'f', _ => '\0' };
        numberOfCharactersWritten = letter == '\0' ? 6 : 2;
        if (output.Length < numberOfCharactersWritten)
        {
            numberOfCharactersWritten = 0;
            return false;
        }
        (output[0], output[1]) = ('\\', letter == '\0' ? 'u' : letter);
        if (letter == '\0') unicodeScalar.TryFormat(output[2..], out _, "x4");
        return true;
    }
}
