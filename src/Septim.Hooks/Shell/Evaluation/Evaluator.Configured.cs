using System.Text.Json;
using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>
/// Files that a tool reads and runs when it starts, where this command line wrote them: tasks of mise and deno, a conftest.py, a Rakefile,
/// a playbook, a compose file. What lies in the project already is not read.
/// </summary>
internal sealed partial class Evaluator
{
    private readonly HashSet<string> _configured = [];

    /// <summary>The files of a tool by itself; a tool of JavaScript has more by its own name.</summary>
    private static string FilesOf(string tool) => tool switch
    {
        "mise" or "rtx" => "mise.toml .mise.toml",
        "pixi" => "pixi.toml pyproject.toml",
        "poe" or "pdm" or "hatch" or "rye" or "poetry" => "pyproject.toml",
        "tox" => "tox.ini pyproject.toml",
        "cargo" => ".cargo/config.toml build.rs",
        "composer" => "composer.json",
        "deno" => "deno.json deno.jsonc",
        "lefthook" => "lefthook.yml lefthook.yaml .lefthook.yml",
        "pre-commit" => ".pre-commit-config.yaml",
        "lint-staged" => ".lintstagedrc .lintstagedrc.json .lintstagedrc.yml",
        "pytest" or "py.test" => "conftest.py tests/conftest.py",
        "nox" => "noxfile.py",
        "invoke" or "inv" => "tasks.py",
        "fab" => "fabfile.py",
        "doit" => "dodo.py",
        "scons" => "SConstruct",
        "waf" => "wscript",
        "meson" => "meson.build",
        "pip" or "uv" or "python" or "build" => "setup.py sitecustomize.py usercustomize.py",
        "rake" => "Rakefile rakefile.rb Rakefile.rb",
        "bundle" or "bundler" => "Gemfile",
        "vagrant" => "Vagrantfile",
        "cap" => "Capfile config/deploy.rb",
        "fastlane" => "Fastfile fastlane/Fastfile",
        "pod" => "Podfile",
        "guard" => "Guardfile",
        "gradle" or "gradlew" => "build.gradle build.gradle.kts settings.gradle",
        "cmake" => "CMakeLists.txt",
        "gulp" => "gulpfile.js gulpfile.mjs",
        "grunt" => "Gruntfile.js",
        "docker" or "podman" or "docker-compose" or "podman-compose" => "compose.yml compose.yaml docker-compose.yml docker-compose.yaml compose.override.yml compose.override.yaml docker-compose.override.yml docker-compose.override.yaml",
        _ => "",
    };

    private void Configured(Call call)
    {
        if (_files.Paths.Count == 0 || call.Has("--help") || call.Has("--version") || call.Has("--dry-run") || call.Has("--check") || call.Has("--syntax-check")) return;
        var names = FilesOf(call.Name);
        foreach (var range in names.AsSpan().Split(' '))
        {
            if (names.Length > 0) Configured(call, names[range]);
        }
        if (call.Name is "ansible-playbook" or "cmake" or "docker" or "podman" or "docker-compose" or "podman-compose" or "ansible")
        {
            foreach (var word in call.Arguments)
            {
                if (word.Text is { Length: > 4 and < 200 } name && name[^4..] is ".yml" or "yaml" or "make") Configured(call, name);
            }
        }
        else if (names.Length == 0 && call.Frame.Via is [.., { Name: "npx" or "bunx" or "npm" or "pnpm" or "yarn" or "bun" }])
        {
            foreach (var ending in (ReadOnlySpan<string>)[".js", ".ts", ".mjs", ".cjs", ".mts"]) Configured(call, call.Name + ".config" + ending);
            foreach (var ending in (ReadOnlySpan<string>)["rc.js", "rc.cjs"]) Configured(call, "." + call.Name + ending);
        }
    }

    private void Configured(Call call, string name)
    {
        if (Written(name, call) is not { Content: { } content } || !_configured.Add(call.Name + " " + name)) return;
        var frame = call.Frame with { Reach = call.Frame.Reach | Reach.Code };
        var leaf = ShellPath.Leaf(name);
        var language = LanguageOf(name) ?? leaf switch
        {
            "Rakefile" or "Gemfile" or "Vagrantfile" or "Capfile" or "Fastfile" or "Podfile" or "Guardfile" => CodeLanguage.Ruby,
            "SConstruct" or "wscript" or "meson.build" => CodeLanguage.Python,
            "build.rs" => CodeLanguage.Compiled,
            _ => name.Contains(".gradle", StringComparison.Ordinal) ? CodeLanguage.Compiled : null,
        };
        if (language is { } known)
        {
            Foreign(known, content, call, frame with { Reach = frame.Reach | Reach.Interpreter }, new CodeSetting { File = name, IsLibrary = true });
            return;
        }
        if (content.Text is not { Length: > 0 and <= LongestMakefile } text) return;
        var scope = Child(call);
        if (call.Name == "cmake") foreach (var line in CMake(text)) Run(line);
        else if (leaf.Contains("compose.", StringComparison.Ordinal)) Run(Composed(text));
        else
        {
            if (call.Name == "ansible-playbook" && !text.Contains("localhost", StringComparison.Ordinal)) frame = frame with { IsRemote = true };
            foreach (var value in name.Contains(".json", StringComparison.Ordinal) || text.AsSpan().TrimStart() is ['{', ..] ? JsonValues(text) : Values(text)) Run(value);
            if (call.Name == "ansible-playbook") foreach (var path in Absent(text)) Run("rm -rf " + path);
        }

        void Run(string command)
        {
            if (command.Length > 0 && _budget.Expansion()) Code(Word.Of(command), scope.Clone(), frame, Reach.Code);
        }
    }

    /// <summary>The values of a file of settings in lines: <c>key = "value"</c>, <c>key: value</c>, <c>- value</c>; of a list each.</summary>
    private static List<string> Values(string text)
    {
        var found = new List<string>();
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (line.IsEmpty || line[0] is '#' or ';') continue;
            if (line.StartsWith("- ")) line = line[2..].Trim();
            var mark = line.IndexOfAny('=', ':');
            if (mark > 0 && mark + 1 < line.Length && line[..mark].Trim().IndexOfAny(" \"'") < 0 && (line[mark] == '=' || line[mark + 1] == ' ')) line = line[(mark + 1)..].Trim();
            if (line.IsEmpty) continue;
            if (line[0] is '[' or '{') foreach (var each in QuotedText.Behind(line.ToString(), "[", "=", ",")) found.Add(each);
            else found.Add(line.Length > 1 && line[0] is '\'' or '"' && line[^1] == line[0] ? line[1..^1].ToString() : line.ToString());
        }
        return found;
    }

    private static List<string> JsonValues(string text)
    {
        var found = new List<string>();
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            Collect(document.RootElement, found);
        }
        catch (JsonException)
        {
            // Why: the tool refuses such a file as well.
        }
        return found;

        static void Collect(JsonElement element, List<string> found)
        {
            if (element.ValueKind == JsonValueKind.String) found.Add(element.GetString()!);
            else if (element.ValueKind == JsonValueKind.Array) foreach (var item in element.EnumerateArray()) Collect(item, found);
            else if (element.ValueKind == JsonValueKind.Object) foreach (var property in element.EnumerateObject()) Collect(property.Value, found);
        }
    }

    /// <summary>What a playbook wants absent: the paths of its file tasks.</summary>
    private static List<string> Absent(string text)
    {
        var found = new List<string>();
        if (!text.Contains("state: absent", StringComparison.Ordinal) && !text.Contains("state=absent", StringComparison.Ordinal)) return found;
        foreach (var range in text.AsSpan().SplitAny('\n', ' ', ',', '{', '}'))
        {
            var word = text.AsSpan(range).Trim();
            if (word.StartsWith("path=") || word.StartsWith("dest=")) found.Add(word[5..].Trim("'\"").ToString());
        }
        foreach (var range in text.AsSpan().SplitAny('\n', ',', '{', '}'))
        {
            var line = text.AsSpan(range).Trim();
            if (line.StartsWith("path: ") || line.StartsWith("dest: ")) found.Add(line[6..].Trim().Trim("'\"").ToString());
        }
        return found;
    }

    /// <summary>Commands that cmake runs while it configures, and what it removes.</summary>
    private static List<string> CMake(string text)
    {
        var found = new List<string>();
        foreach (var (head, program) in (ReadOnlySpan<(string, string)>)[("execute_process(", ""), ("file(REMOVE_RECURSE ", "rm -rf "), ("file(REMOVE ", "rm -f ")])
        {
            for (var at = text.IndexOf(head, StringComparison.OrdinalIgnoreCase); at >= 0 && found.Count < 64; at = text.IndexOf(head, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                var end = text.IndexOf(')', at);
                if (end < 0) break;
                var words = text[(at + head.Length)..end].Replace('\n', ' ');
                // Why: cmake's own directories are those of the build.
                if (words.StartsWith("${", StringComparison.Ordinal)) continue;
                if (program.Length > 0) found.Add(program + words);
                else foreach (var command in words.Split("COMMAND ")[1..]) found.Add(command);
            }
        }
        return found;
    }

    /// <summary>A compose file as the options that docker would be given.</summary>
    private static string Composed(string text)
    {
        var options = new System.Text.StringBuilder("docker run");
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (line is "privileged: true" or "pid: host" or "pid: \"host\"") options.Append(line[1] == 'r' ? " --privileged" : " --pid=host");
            else if (line.StartsWith("- ") && line.IndexOf(':') > 0 && line.TrimStart("- \"'") is ['/' or '~' or '.', ..] volume) options.Append(" -v ").Append(volume.TrimEnd("\"'"));
            else if (line.StartsWith("volumes:") && line.IndexOf('[') > 0)
            {
                foreach (var each in QuotedText.Behind(line.ToString(), "[", ",")) options.Append(" -v ").Append(each);
            }
        }
        return options.Length > 10 ? options.Append(" image").ToString() : "";
    }
}
