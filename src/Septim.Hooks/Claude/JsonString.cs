using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Septim.Hooks.Claude;

/// <summary>
/// The value of a JSON text that the base library's reader has passed already. Its own decoding goes over the bytes four times, and a
/// mebibyte of escapes is a cheap thing to send.
/// </summary>
internal static class JsonString
{
    private const int ShortRun = 24;

    /// <summary>The value of the text or name that the reader stands on. Half a surrogate pair stays half.</summary>
    public static string Of(ref readonly Utf8JsonReader reader) => Of(reader.ValueSpan, reader.ValueIsEscaped);

    /// <param name="raw">What stands between the quotes.</param>
    /// <param name="isEscaped">There is a backslash in it.</param>
    public static unsafe string Of(ReadOnlySpan<byte> raw, bool isEscaped)
    {
        if (!isEscaped) return Encoding.UTF8.GetString(raw);
        // Why not an array: of a text of nothing but escapes five parts in six are never touched, and the system gives no page for those.
        var buffer = (char*)NativeMemory.Alloc((nuint)raw.Length, sizeof(char));
        try
        {
            return new string(Decode(raw, new Span<char>(buffer, raw.Length)));
        }
        finally
        {
            NativeMemory.Free(buffer);
        }
    }

    private static ReadOnlySpan<char> Decode(ReadOnlySpan<byte> raw, Span<char> into)
    {
        var length = 0;
        for (var i = 0; i < raw.Length;)
        {
            var b = raw[i];
            if (b != '\\')
            {
                // Why by hand: between the escapes of source code stand some ten letters, and each call costs as much as those.
                var near = Math.Min(raw.Length, i + ShortRun);
                while (i < near && raw[i] is var letter and < 0x80 and not (byte)'\\')
                {
                    into[length++] = (char)letter;
                    i++;
                }
                if (i == raw.Length || raw[i] == '\\') continue;
                var run = raw[i..];
                var end = run.IndexOf((byte)'\\');
                if (end >= 0) run = run[..end];
                length += Encoding.UTF8.GetChars(run, into[length..]);
                i += run.Length;
                continue;
            }
            var kind = raw[i + 1];
            i += 2;
            if (kind != 'u')
            {
                into[length++] = kind switch { (byte)'n' => '\n', (byte)'t' => '\t', (byte)'r' => '\r', (byte)'b' => '\b', (byte)'f' => '\f', _ => (char)kind };
                continue;
            }
            into[length++] = Unit(BinaryPrimitives.ReadUInt32BigEndian(raw[i..]));
            i += 4;
        }
        return into[..length];
    }

    /// <summary>The value of four hexadecimal digits: a letter is 9 more than its low bits say.</summary>
    private static char Unit(uint digits)
    {
        var values = (digits & 0x0F0F0F0F) + ((digits >> 6) & 0x01010101) * 9;
        return unchecked((char)(((values >> 12) & 0xF000) | ((values >> 8) & 0x0F00) | ((values >> 4) & 0x00F0) | (values & 0x000F)));
    }
}
