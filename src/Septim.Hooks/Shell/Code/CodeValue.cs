namespace Septim.Hooks.Shell.Code;

/// <summary>What an expression of interpreter code is worth, as far as it is literal.</summary>
internal sealed record CodeValue
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

    /// <summary>The environment variables whose values may be in it, blank-separated.</summary>
    public string? Variables { get; init; }

    /// <summary>The file that is written through it.</summary>
    public CodeValue? Target { get; init; }

    /// <summary>The words of a program that was started: what is written to it is its input.</summary>
    public CodeValue[]? Program { get; init; }

    /// <summary>The parameters of a function that has no name.</summary>
    public IReadOnlyList<string>? Parameters { get; init; }

    /// <summary>What this function of the code gives.</summary>
    public CodeValue? Returns { get; init; }

    /// <summary>What <see cref="CodeFlow.Origins(CodeValue)"/> made of it: asked for again and again, and lists are long.</summary>
    public CodeValue? Origins { get; set; }

    /// <summary>Something of a file, of the environment or of the network may be in it, or nobody knows.</summary>
    public bool HasOrigin => File is not null || Url is not null || Variables is not null || (Traits & CodeFlow.Kept) != 0;

    /// <summary>Nothing is known of it but where it comes from.</summary>
    public bool IsBare => Text is null && Items is null && Fields is null && Name is null && Receiver is null && (Traits & ~CodeFlow.Flowing) == 0;

    /// <summary>Unknown, but with the origins of what went into it.</summary>
    public static CodeValue Mixed(CodeValue left, CodeValue right) => CodeFlow.Mixed(left, right);

    /// <summary>The same origins with another text.</summary>
    public CodeValue With(string? text) => new() { Text = text, Traits = Traits, File = File, Url = Url, Variables = Variables, Shell = text is null ? Shell : null };

    /// <summary>The same value with these traits more.</summary>
    public CodeValue And(CodeTraits traits) => this with { Traits = Traits | traits, Origins = null };

    /// <summary>The same value with the origins of another as well.</summary>
    public CodeValue From(CodeValue origins)
    {
        if (!origins.HasOrigin || CodeFlow.HasAll(this, origins)) return this;
        var mixed = CodeFlow.Mixed(this, origins);
        return this with { Traits = (Traits & ~CodeFlow.Flowing) | mixed.Traits, File = mixed.File, Url = mixed.Url, Variables = mixed.Variables, Origins = null };
    }

    // Why: a value is the place in the code that it stands for; comparing lists and texts would say nothing, and cost much.
    public bool Equals(CodeValue? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
