using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Files that an interpreter's code, or its option <c>-m</c>, loads by the name of a module beside it.</summary>
internal static class LoadedModules
{
    private const int Most = 32;

    public static List<string> Of(RuleCase at)
    {
        var files = new List<string>();
        if (at.Name is "python" or "python3")
        {
            for (var i = 0; i + 1 < at.Arguments.Length && files.Count == 0; i++)
            {
                if (at.Arguments[i].Is("-m") && at.Arguments[i + 1].Text is { } module) files.Add(module.Replace('.', '/') + ".py");
            }
        }
        foreach (var code in at.Invocation.Code)
        {
            if (code.Feed.Text is not { } text) continue;
            switch (code.Language)
            {
                case CodeLanguage.Python: Python(text, files); break;
                case CodeLanguage.JavaScript: Quoted(text, files, ["require(", "import(", "from ", "import "], ["", ".js", ".cjs", ".mjs", ".ts", "/index.js"]); break;
                case CodeLanguage.Ruby: Quoted(text, files, ["require_relative ", "require ", "load "], ["", ".rb"]); break;
                default: break;
            }
        }
        return files;
    }

    /// <summary><c>import a, b as c</c>, <c>from a import b</c>.</summary>
    private static void Python(string text, List<string> files)
    {
        foreach (var word in (ReadOnlySpan<string>)["import ", "from "])
        {
            for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0 && files.Count < Most; at = text.IndexOf(word, at + word.Length, StringComparison.Ordinal))
            {
                if (at > 0 && (char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] is '_' or '.')) continue;
                var names = text.AsSpan(at + word.Length);
                names = names[..(names.IndexOfAny(";\n") is var end and >= 0 ? end : names.Length)];
                foreach (var range in names.Split(','))
                {
                    var name = names[range].Trim();
                    name = name[..(name.IndexOf(' ') is var blank and >= 0 ? blank : name.Length)];
                    if (name.Length is > 0 and < 100 && files.Count < Most) files.Add(name.ToString().TrimStart('.').Replace('.', '/') + ".py");
                    if (word == "from ") break;
                }
            }
        }
    }

    /// <summary>A path in quotes behind one of the words; settings in JSON are no code.</summary>
    private static void Quoted(string text, List<string> files, ReadOnlySpan<string> words, ReadOnlySpan<string> endings)
    {
        foreach (var word in words)
        {
            for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0 && files.Count < Most; at = text.IndexOf(word, at + word.Length, StringComparison.Ordinal))
            {
                var from = at + word.Length;
                if (from + 1 >= text.Length || text[from] is not ('\'' or '"' or '`')) continue;
                var end = text.IndexOf(text[from], from + 1);
                if (end < 0 || end - from > 200 || text.AsSpan(from + 1, end - from - 1).EndsWith(".json")) continue;
                var path = text[(from + 1)..end];
                if (word is not "require_relative " && !path.StartsWith('.') && !path.StartsWith('/')) continue;
                foreach (var ending in endings) files.Add(path + ending);
            }
        }
    }
}
