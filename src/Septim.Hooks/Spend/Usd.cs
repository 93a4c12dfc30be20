using System.Globalization;

namespace Septim.Hooks.Spend;

/// <summary>
/// An amount of money in whole pico-dollars (10⁻¹² USD), never a floating-point number. Every operation is checked: what does not
/// fit (about ±9.2 million dollars) is a <see cref="HookFault"/>, never a wrapped figure.
/// </summary>
internal readonly record struct Usd(long Pico) : IComparable<Usd>
{
    public const long PicoPerDollar = 1_000_000_000_000;

    private const int Decimals = 12;

    public static Usd Zero => default;

    public static Usd Cents(long cents) => new(Checked((Int128)cents * (PicoPerDollar / 100)));

    public static Usd operator +(Usd a, Usd b) => new(Checked((Int128)a.Pico + b.Pico));

    public static Usd operator -(Usd a, Usd b) => new(Checked((Int128)a.Pico - b.Pico));

    public static Usd operator *(Usd a, long times) => new(Checked((Int128)a.Pico * times));

    public static bool operator <(Usd a, Usd b) => a.Pico < b.Pico;

    public static bool operator >(Usd a, Usd b) => a.Pico > b.Pico;

    public static bool operator <=(Usd a, Usd b) => a.Pico <= b.Pico;

    public static bool operator >=(Usd a, Usd b) => a.Pico >= b.Pico;

    public static Usd Max(Usd a, Usd b) => a.Pico >= b.Pico ? a : b;

    public static Usd Min(Usd a, Usd b) => a.Pico <= b.Pico ? a : b;

    /// <summary>This amount times <paramref name="numerator"/>/<paramref name="denominator"/>, rounded up: 50 % is (50, 100).</summary>
    public Usd Times(long numerator, long denominator)
    {
        var product = (Int128)Pico * numerator;
        var (quotient, rest) = Int128.DivRem(product, denominator);
        return new Usd(Checked(rest > 0 ? quotient + 1 : quotient));
    }

    public int CompareTo(Usd other) => Pico.CompareTo(other.Pico);

    /// <summary>Reads plain decimal text: "5", "0.25", ".5", "$5". At most 12 decimals; no sign, exponent or separators.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Usd amount)
    {
        amount = default;
        if (text.Length > 0 && text[0] == '$') text = text[1..];
        if (text.Length is 0 or > 40) return false;
        Int128 pico = 0;
        int digits = 0, decimals = -1;
        foreach (var c in text)
        {
            if (c == '.' && decimals < 0) { decimals = 0; continue; }
            if (!char.IsAsciiDigit(c)) return false;
            digits++;
            if (decimals >= 0 && ++decimals > Decimals)
            {
                if (c != '0') return false;
                continue;
            }
            pico = pico * 10 + (c - '0');
            if (pico > long.MaxValue) return false;
        }
        for (var i = Math.Max(decimals, 0); i < Decimals; i++) pico *= 10;
        if (digits == 0 || pico > long.MaxValue) return false;
        amount = new Usd((long)pico);
        return true;
    }

    /// <summary>The exact decimal figure without currency sign, at least two decimals: "5.00", "12.345678".</summary>
    public override string ToString() => ToText(2);

    /// <summary>The exact decimal figure without currency sign, at least <paramref name="minDecimals"/> decimals.</summary>
    public string ToText(int minDecimals)
    {
        var magnitude = Pico < 0 ? (UInt128)(-(Int128)Pico) : (UInt128)Pico;
        var whole = ((ulong)(magnitude / PicoPerDollar)).ToString(CultureInfo.InvariantCulture);
        var rest = ((ulong)(magnitude % PicoPerDollar)).ToString("D12", CultureInfo.InvariantCulture);
        var keep = rest.Length;
        while (keep > minDecimals && rest[keep - 1] == '0') keep--;
        return (Pico < 0 ? "-" : "") + whole + (keep == 0 ? "" : "." + rest[..keep]);
    }

    /// <summary>For people: "$12.35", rounded up to the cent, so that a figure never reads smaller than it is; exact below one cent.</summary>
    public string ToDisplay()
    {
        if (Pico is > -PicoPerDollar / 100 and < PicoPerDollar / 100 && Pico != 0) return "$" + ToText(4);
        var (cents, rest) = Math.DivRem(Pico, PicoPerDollar / 100);
        if (rest > 0) cents++;
        return "$" + new Usd(Checked((Int128)cents * (PicoPerDollar / 100))).ToText(2);
    }

    /// <exception cref="HookFault">The value does not fit.</exception>
    internal static long Checked(Int128 pico) =>
        pico >= long.MinValue && pico <= long.MaxValue
            ? (long)pico
            : throw new HookFault("the spend does not fit into 9.2 million dollars: a transcript states impossible token counts");
}
