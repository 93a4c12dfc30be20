namespace Septim.Hooks.Shell.Evaluation;

/// <summary>Sources that this command line wrote, compiled and run by it.</summary>
internal sealed partial class Evaluator
{
    private static readonly OptionTable Compiler = new("o:x:I:L:l:D:O::C:f::W::g::", "crate-type= edition= emit= out-dir= out: run release debug");

    /// <summary>Programs that came out of a compiler, by their path, with the source.</summary>
    private readonly Dictionary<string, Feed> _compiled = [];

    /// <summary><c>go run x.go</c>, <c>java X.java</c>: what is run. Null for a call that only builds, whose program is noted.</summary>
    private Feed? Compiled(Call call)
    {
        var verb = call.Text(0);
        var isRun = call.Name switch
        {
            "go" or "zig" or "v" or "dart" or "crystal" or "cargo" or "dotnet" or "swift" or "gleam" or "mojo" or "odin" => verb is "run" or "test" or "script",
            "nim" => verb is "r" || ((verb is "c" or "cpp" or "compile") && (call.Has("-r") || call.Has("--run"))),
            "tcc" => call.Has("-run"),
            "java" or "runghc" or "runhaskell" or "runhugs" => true,
            _ => false,
        };
        if (isRun)
        {
            if (call.Has("-") && !call.Frame.Input.IsNothing) return Interpreted(call, CodeLanguage.Compiled, call.Frame.Input, CodeOrigin.Input);
            if (call.Name is "runghc" or "runhaskell" && call.Arguments.Length == 0) return Interpreted(call, CodeLanguage.Compiled, call.Frame.Input, CodeOrigin.Input);
            return Sources(call);
        }
        if (call.Name is "go" or "zig" or "nim" or "crystal" or "v" or "dart" && verb is not ("build" or "build-exe" or "c" or "cpp" or "compile")) return null;
        var options = OptionReader.Read(call.Arguments, Compiler);
        Feed? source = null;
        var stem = "a.out";
        foreach (var operand in options.Operands)
        {
            if (operand.Text is not { } name) continue;
            if (name == "-") source = call.Frame.Input;
            else if (IsSource(name) && FileFeed(operand, call.Scope) is { Content: not null } written)
            {
                source = written;
                if (call.Name is "rustc" or "ghc" or "go" or "nim" or "crystal" or "swiftc" or "v" or "zig") stem = ShellPath.Leaf(name)[..ShellPath.Leaf(name).LastIndexOf('.')];
            }
        }
        if (source?.Content is not null && ShellPath.Tracked(call.Scope.Directory, (options.Value("-o", "--out") ?? Word.Of(stem)).Text ?? stem) is { } path) _compiled[path] = source;
        return null;
    }

    /// <summary>The sources among its arguments, else all that this command line wrote in the tool's language.</summary>
    private Feed? Sources(Call call)
    {
        var files = new List<(CodeLanguage Language, Word File, Feed Feed)>();
        foreach (var word in call.Arguments)
        {
            if (word.Text is { } name && IsSource(name) && FileFeed(word, call.Scope) is { Content: not null } feed) files.Add((name[^3..] is ".hs" or ".ml" or "nim" or ".cr" ? CodeLanguage.Other : CodeLanguage.Compiled, word, feed));
        }
        // Why: `cargo run` and `java X` name no file.
        var own = call.Name switch { "go" => ".go", "cargo" => ".rs", "dotnet" => ".cs", "java" => ".java", "swift" => ".swift", "zig" => ".zig", "dart" => ".dart", _ => null };
        if (files.Count == 0 && own is not null)
        {
            foreach (var path in _files.Paths)
            {
                if (files.Count < MostFiles && path.EndsWith(own, StringComparison.Ordinal) && _files.At(path, _invocations.Count) is { Content: not null } feed) files.Add((CodeLanguage.Compiled, Word.Of(path), feed));
            }
        }
        return Files(call, files);
    }

    /// <summary>A compiled program stands for its source.</summary>
    private Feed? Program(Call call) =>
        call.Program.Text is { } text && _compiled.Count > 0 && ShellPath.Tracked(call.Scope.Directory, text) is { } path && _compiled.TryGetValue(path, out var source)
            ? Interpreted(call, CodeLanguage.Compiled, source, CodeOrigin.File)
            : null;

    private static bool IsSource(string file) => file.LastIndexOf('.') is > 0 and var dot && file[(dot + 1)..] is "c" or "cc" or "cpp" or "cxx" or "C" or "go" or "rs" or "java" or "cs" or "fs" or "swift" or "nim" or "zig"
        or "v" or "dart" or "hs" or "kt" or "cr" or "d" or "m" or "ml" or "f90";
}
