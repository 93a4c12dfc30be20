namespace Septim.Hooks.Shell.Code;

/// <summary>What an expression of interpreter code is worth, as far as it is literal.</summary>
internal sealed class CodeValue
{
    public static readonly CodeValue Unknown = new();

    /// <summary>The text in <see cref="CodeText"/>'s notation, or null when nothing of it is known.</summary>
    public string? Text { get; init; }

    /// <summary>The elements of a list or tuple.</summary>
    public CodeValue[]? Items { get; init; }

    /// <summary>The named parts: options of a call, fields of an object.</summary>
    public IReadOnlyDictionary<string, CodeValue>? Fields { get; init; }

    /// <summary>The full name when it names a module, class or function: <c>os.path.join</c>.</summary>
    public string? Name { get; init; }

    /// <summary>What a method is called on.</summary>
    public CodeValue? Receiver { get; init; }

    public CodeTraits Traits { get; init; }

    /// <summary>The file whose content it is.</summary>
    public CodeValue? File { get; init; }

    /// <summary>The address it was fetched from.</summary>
    public CodeValue? Url { get; init; }

    /// <summary>The shell's command whose output it is, in <see cref="CodeText"/>'s notation; PowerShell's values alone have one.</summary>
    public string? Shell { get; init; }

    /// <summary>Files that a listing found; PowerShell's values alone have one.</summary>
    public PowerShell.PowerShellListing? Listing { get; init; }

    public bool Is(CodeTraits trait) => (Traits & trait) != 0;

    public static CodeValue Of(string text) => new() { Text = text };

    public static CodeValue List(CodeValue[] items) => new() { Items = items };

    /// <summary>The last part of its name: <c>join</c> of <c>os.path.join</c>.</summary>
    public string Leaf => Name is null ? "" : Name[(Name.LastIndexOf('.') + 1)..];

    /// <summary>The field is there and not false.</summary>
    public bool HasOn(string field) =>
        Fields is not null && Fields.TryGetValue(field, out var value) && value.Name is not ("False" or "false" or "nil" or "None");

    /// <summary>Unknown, but with the origins of what went into it.</summary>
    public static CodeValue Mixed(CodeValue left, CodeValue right) =>
        new()
        {
            Traits = (left.Traits | right.Traits) & (CodeTraits.Network | CodeTraits.Decoded | CodeTraits.Environment),
            File = left.File ?? right.File,
            Url = left.Url ?? right.Url,
            Shell = left.Shell ?? right.Shell,
        };

    /// <summary>The same origins with another text.</summary>
    public CodeValue With(string? text) => new() { Text = text, Traits = Traits, File = File, Url = Url, Shell = text is null ? Shell : null };
}
