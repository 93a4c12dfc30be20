namespace Septim.Hooks.Shell.Code;

/// <summary>Names by which code knows its own file and folder, and folders that a test runner hands out.</summary>
internal static class OwnPlace
{
    /// <summary>What the name stands for, or null when it is none of them.</summary>
    public static CodeValue? Of(CodeLanguage language, CodeText text, string name) => (language, name) switch
    {
        (CodeLanguage.JavaScript, "__dirname") => Folder(text),
        (CodeLanguage.JavaScript, "__filename") => File(text),
        (CodeLanguage.Python, "__file__") => File(text),
        (CodeLanguage.Python, "tmp_path" or "tmpdir") => new CodeValue { Text = "/tmp/fresh", Traits = CodeTraits.Path },
        (CodeLanguage.Ruby, "__dir__") => Folder(text),
        (CodeLanguage.Ruby or CodeLanguage.Perl or CodeLanguage.Php, "__FILE__") => File(text),
        (CodeLanguage.Perl, "$0") => File(text),
        (CodeLanguage.Php, "__DIR__") => Folder(text),
        _ => null,
    };

    /// <summary><c>import.meta.dirname</c>, <c>$FindBin::Bin</c>, <c>Rails.root</c>.</summary>
    public static CodeValue? OfMember(CodeLanguage language, CodeText text, string? owner, string name) => (language, owner, name) switch
    {
        (CodeLanguage.JavaScript, "import.meta", "dirname" or "dir") => Folder(text),
        (CodeLanguage.JavaScript, "import.meta", "filename" or "url" or "path") => File(text),
        (CodeLanguage.Perl, "$FindBin" or "FindBin", "Bin") => Folder(text),
        (CodeLanguage.Ruby, "Rails", "root") => new CodeValue { Text = ".", Traits = CodeTraits.Path },
        _ => null,
    };

    /// <summary>A path relative to the code's own file: <c>new URL('./dist', import.meta.url)</c>.</summary>
    public static CodeValue Beside(CodeText text, CodeValue path) => CodePaths.Join(text, Folder(text), path);

    /// <summary>Members of a path object that are paths themselves: <c>Path(f).parent</c>, <c>.parents</c>.</summary>
    public static CodeValue? Of(CodeValue path, string member)
    {
        if (!path.Is(CodeTraits.Path) || path.Text is null) return null;
        switch (member)
        {
            case "parent" or "dirname": return CodePaths.Parent(path);
            case "parents":
                var above = new CodeValue[8];
                for (var i = 0; i < above.Length; i++) above[i] = path = CodePaths.Parent(path);
                return CodeValue.List(above);
            default: return null;
        }
    }

    private static CodeValue File(CodeText text) => new() { Text = text.Setting.File ?? "./code", Traits = CodeTraits.Path };

    private static CodeValue Folder(CodeText text) => CodePaths.Parent(File(text));
}
