namespace Septim.Hooks.Config;

/// <summary>How the text of a value is read, and in which unit.</summary>
internal enum ConfigKind
{
    /// <summary>US dollars as a decimal, above 0, or <c>off</c>.</summary>
    UsdOrOff,

    /// <summary>A whole number above 0, or <c>off</c>; the key's name carries the unit.</summary>
    CountOrOff,

    /// <summary>A whole number from 0.</summary>
    Count,

    /// <summary>Whole percents, ascending, each from 1 to 100: <c>50,80,95</c>.</summary>
    Percents,

    /// <summary>One of <see cref="ConfigKey.Choices"/>, listed from mildest to strictest.</summary>
    Choice,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>Any text.</summary>
    Text,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>An object that its owner reads and validates; see <see cref="SeptimConfig.Layers"/>.</summary>
    Json,
}
