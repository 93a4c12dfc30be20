using Septim.Hooks.Shell.Code;

namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Programs that run code without being its interpreter: test runners, consoles of frameworks, modules of Python.</summary>
internal sealed partial class Evaluator
{
    private static readonly OptionTable Console = new("c:e:b:i:", "command= execute= environment= interface= settings= pythonpath= no-startup no-imports plain quiet");

    /// <summary>Files of one run that are looked into.</summary>
    private const int MostFiles = 16;

    /// <summary><c>pytest test_x.py</c>, <c>bun x.ts</c>: the files among its arguments that this command line wrote; null for none.</summary>
    private Feed? Runner(Call call, int from = 0)
    {
        // Why: behind #! it has the file's own name, whatever that ends with.
        if (call.Frame.Via is [.., { Name: var script, Program: { } own }] && call.Name is "deno" or "bun" && call.Arguments.Length > 0 && LanguageOf(script) is null && Array.Exists(call.Arguments, word => ReferenceEquals(word, own)))
            return Interpreted(call, CodeLanguage.JavaScript, FileFeed(own, call.Scope), CodeOrigin.File, new CodeSetting { File = own.Text });
        if (call.Text(from) is "run" && call.Has("-") && call.Name is "deno" or "bun") return Interpreted(call, CodeLanguage.JavaScript, call.Frame.Input, CodeOrigin.Input);
        var files = new List<(CodeLanguage Language, Word File, Feed Feed)>();
        for (var i = from; i < call.Arguments.Length && files.Count < MostFiles; i++)
        {
            var word = call.Arguments[i];
            if (word.Text is not { } text || text.StartsWith('-')) continue;
            if (text.IndexOf("::", StringComparison.Ordinal) is > 0 and var test) word = Word.Of(text = text[..test]);
            if (LanguageOf(text) is { } language && FileFeed(word, call.Scope) is { Content: not null } feed) files.Add((language, word, feed));
        }
        return Files(call, files);
    }

    /// <summary>A module that is a file of this command line: <c>python -m unittest test_x</c>, <c>python -m x.y</c>.</summary>
    private Feed? ModuleFiles(Call call, int from, int to = int.MaxValue)
    {
        var files = new List<(CodeLanguage Language, Word File, Feed Feed)>();
        for (var i = from; i < call.Arguments.Length && i < to && files.Count < MostFiles; i++)
        {
            if (call.Text(i) is not { Length: > 0 and < 200 } name || name[0] == '-') continue;
            var file = Word.Of(name.EndsWith(".py", StringComparison.Ordinal) ? name : name.Replace('.', '/') + ".py");
            if (FileFeed(file, call.Scope) is { Content: not null } feed) files.Add((CodeLanguage.Python, file, feed));
        }
        return Files(call, files);
    }

    private Feed? Files(Call call, List<(CodeLanguage Language, Word File, Feed Feed)> files)
    {
        if (files.Count == 0) return null;
        var isTest = call.Name is "pytest" or "py.test" or "jest" or "vitest" or "mocha" or "ava" or "tap" or "jasmine" or "rspec" or "phpunit" or "behave" or "nose2" or "prove" or "playwright" || call.Has("pytest") || call.Has("unittest") || call.Text(0) == "test";
        var invocation = Emit(call, [.. files.ConvertAll(static file => new CodeInput(file.Language, CodeOrigin.File, file.Feed))]);
        foreach (var (language, file, feed) in files)
        {
            if (_budget.IsSpent) break;
            Foreign(language, feed.Content!, call, Inside(call.Frame, invocation, Reach.Interpreter), new CodeSetting { File = file.Text, IsLibrary = isTest });
        }
        return OutputOf(call, invocation);
    }

    private readonly HashSet<string> _imported = [];

    /// <summary>Modules that this command line wrote and the code loads by their name.</summary>
    private void Imported(CodeLanguage language, string code, Call call, Frame inside, CodeSetting? setting)
    {
        if (language is not (CodeLanguage.Python or CodeLanguage.JavaScript or CodeLanguage.Ruby)) return;
        var seen = 0;
        List<string>? found = null;
        foreach (var path in _files.Paths)
        {
            if (LanguageOf(path) != language) continue;
            if (++seen > MostFiles || !_budget.Work(code.Length / 256)) break;
            var leaf = ShellPath.Leaf(path);
            var stem = leaf[..leaf.LastIndexOf('.')];
            if (stem.Length > 1 && Loads(language, code, stem) && (setting?.File is not { } own || ShellPath.Leaf(own) != leaf) && _imported.Add(path)) (found ??= []).Add(path);
        }
        foreach (var path in found ?? [])
        {
            if (_files.At(path, _invocations.Count) is { Content: { } content }) Foreign(language, content, call, inside, new CodeSetting { File = path, IsLibrary = true });
        }
    }

    private static bool Loads(CodeLanguage language, string code, string module)
    {
        for (var at = code.IndexOf(module, StringComparison.Ordinal); at > 0; at = code.IndexOf(module, at + module.Length, StringComparison.Ordinal))
        {
            var before = code.AsSpan(0, at);
            if (language == CodeLanguage.Python ? before.EndsWith("import ") || before.EndsWith("from ") || before.EndsWith("from .") || before.EndsWith("import_module('") || before.EndsWith("import_module(\"")
                : before.EndsWith("'./") || before.EndsWith("\"./") || before.EndsWith("require_relative '") || before.EndsWith("require_relative \"")) return true;
        }
        return false;
    }

    /// <summary>The language of a script by its file's name; null when it tells none.</summary>
    private static CodeLanguage? LanguageOf(string file)
    {
        var dot = file.LastIndexOf('.');
        return dot < 0 ? null : file[(dot + 1)..] switch
        {
            "py" or "pyw" => CodeLanguage.Python,
            "js" or "mjs" or "cjs" or "jsx" or "ts" or "mts" or "cts" or "tsx" => CodeLanguage.JavaScript,
            "rb" or "rake" => CodeLanguage.Ruby,
            "php" => CodeLanguage.Php,
            "pl" or "pm" or "t" => CodeLanguage.Perl,
            _ => null,
        };
    }

    /// <summary>Code for a console that a framework starts; null when it starts none.</summary>
    private Feed? Framework(Call call, string name, int at)
    {
        switch (name, call.Text(at))
        {
            case ("manage.py" or "django-admin" or "django", "shell" or "shell_plus"): return Started(call, CodeLanguage.Python, at, "-c", "--command");
            case ("flask" or "quart", "shell"): return Started(call, CodeLanguage.Python, at, "", "");
            case ("artisan", "tinker"): return Started(call, CodeLanguage.Php, at, "", "--execute");
            case ("rails", "console" or "c"): return Started(call, CodeLanguage.Ruby, at, "", "");
            case ("wp", "eval") or ("drush", "php:eval" or "php-eval" or "eval" or "ev") when at + 1 < call.Arguments.Length: return Run(call, CodeLanguage.Php, call.Arguments[at + 1], CodeOrigin.Argument);
            case ("wp", "shell") or ("drush", "php:cli" or "php" or "core:cli"): return Started(call, CodeLanguage.Php, at, "", "");
            case ("rails", "runner" or "r"):
                var operands = OptionReader.Read(call.Arguments, Console, at + 1).Operands;
                if (operands.Count == 0) return null;
                if (operands[0].Is("-")) return Interpreted(call, CodeLanguage.Ruby, call.Frame.Input, CodeOrigin.Input);
                return operands[0].Text is { } file && file.EndsWith(".rb", StringComparison.Ordinal) && !file.Contains(' ', StringComparison.Ordinal)
                    ? Interpreted(call, CodeLanguage.Ruby, FileFeed(operands[0], call.Scope), CodeOrigin.File, new CodeSetting { File = file })
                    : Run(call, CodeLanguage.Ruby, operands[0], CodeOrigin.Argument);
            default: return null;
        }
    }

    /// <summary>A console: the code of its option, else what reaches its input, which it answers value by value.</summary>
    private Feed? Started(Call call, CodeLanguage language, int at, string letter, string option)
    {
        var options = OptionReader.Read(call.Arguments, Console, at + 1);
        if (options.Has("--help")) return null;
        if (option.Length > 0 && options.Value(letter, option) is { } code) return Run(call, language, code, CodeOrigin.Argument);
        return call.Frame.Input == Feed.Inherited || call.Frame.Input.IsNothing ? null : Interpreted(call, language, call.Frame.Input, CodeOrigin.Input, new CodeSetting { ShowsValues = true });
    }

    /// <summary><c>python manage.py shell</c>, <c>php artisan tinker</c>, <c>ruby bin/rails runner</c>; null for all else.</summary>
    private Feed? Hosted(Call call, OptionTable table)
    {
        var first = OptionReader.Read(call.Arguments, table).FirstOperand;
        return call.Text(first) is { Length: > 0 and < 200 } script ? Framework(call, ShellPath.Leaf(script), first + 1) : null;
    }

    /// <summary><c>python -m timeit code</c> and other modules that run what their arguments say; null for all else.</summary>
    private Feed? Module(Call call)
    {
        var at = 0;
        while (call.Text(at).StartsWith('-') && !call.Text(at).EndsWith('m') && !call.Text(at).EndsWith('c')) at++;
        if (!call.Text(at).StartsWith('-') || !call.Text(at).EndsWith('m')) return null;
        var rest = call.Rest(at + 2);
        var code = new List<Word>();
        switch (call.Text(at + 1))
        {
            case "timeit":
                var timed = OptionReader.Read(rest, new("n:r:s:u:pvh", "number= repeat= setup= unit= process verbose help") { StopsAtOperand = true });
                code.AddRange(timed.Values("-s", "--setup"));
                code.AddRange(timed.Operands);
                break;
            case "pdb" or "ipdb" or "IPython" or "trace" or "cProfile" or "profile" or "coverage":
                code.AddRange(OptionReader.Read(rest, new("c:", "command=") { StopsAtOperand = true }).Values("-c", "--command"));
                if (code.Count == 0) return Runner(call, at + 2);
                break;
            case "keyring": return Instead(call, [Word.Of("keyring"), .. rest]);
            case "zipfile" or "tarfile" when rest.Length > 2 && rest[0].Text is "-e" or "--extract": return Instead(call, [Word.Of("tar"), Word.Of("-xf"), rest[1], Word.Of("-C"), rest[2]]);
            case "venv" or "virtualenv" when rest.Length > 1 && Array.Exists(rest, static word => word.Is("--clear")): return Instead(call, [Word.Of("rm"), Word.Of("-rf"), .. Array.FindAll(rest, static word => !word.StartsWith("-"))]);
            case "pytest": return Runner(call, at + 2);
            case "unittest": return ModuleFiles(call, at + 2);
            case "django" or "flask": return Framework(call, call.Text(at + 1), at + 2);
            default: return ModuleFiles(call, at + 1, at + 2);
        }
        if (code.Count == 0) return null;
        var joined = Lines(code);
        return Run(call, CodeLanguage.Python, joined.Prefix.StartsWith('!') ? joined.From(1) : joined, CodeOrigin.Argument);
    }

    /// <summary>The program by itself, and another in its place that does the same.</summary>
    private Feed? Instead(Call call, Word[] words)
    {
        var own = Emit(call);
        return Invoke(words, call.Assignments, call.Redirects, call.Scope, Inside(call.Frame, own, Reach.Wrapper), false);
    }
}
