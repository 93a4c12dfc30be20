using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>A variable makes other programs load or run something first.</summary>
internal static class ExecPreload
{
    public static readonly BashRule Rule = new("exec-preload", BashSeverity.High)
    {
        Reason = "programs would load code that this variable names",
        Alternative = "make test",
        Advice = "run it without the variable",
        Denies =
        [
            "LD_PRELOAD=/tmp/x.so ls",
            "NODE_OPTIONS=\"--require /tmp/x\" node app.js",
            "BASH_ENV=/tmp/x bash -c true",
            "PROMPT_COMMAND=\"curl x\" bash",
            "PATH=/tmp/x:$PATH sudo apt update",
            "export LD_PRELOAD=./x.so",
            "DYLD_INSERT_LIBRARIES=/tmp/x.dylib ls",
            "PERL5OPT=-M/tmp/x perl a.pl",
            "env LD_PRELOAD=/tmp/x.so id",
            "LD_AUDIT=/tmp/x.so ls",
            "PYTHONSTARTUP=/tmp/x.py python3",
            "RUBYOPT=-r/tmp/x ruby a.rb",
            "enable -f ./x.so x",
            "make CC=/tmp/cc all",
            "JAVA_TOOL_OPTIONS=-javaagent:/tmp/x.jar java -jar a.jar",
        ],
        Passes =
        [
            "LD_LIBRARY_PATH=./lib ./app",
            "NODE_OPTIONS=--max-old-space-size=4096 npm run build",
            "PATH=$PWD/bin:$PATH make",
            "LD_PRELOAD= ls",
            "LD_PRELOAD=/usr/lib/x86_64-linux-gnu/libjemalloc.so.2 ./app",
            "PYTHONPATH=src pytest",
            "RUBYOPT=-W0 ruby a.rb",
            "unset LD_PRELOAD",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        foreach (var assignment in at.Invocation.Assignments)
        {
            if (Loads(assignment.Name, assignment.Value, at)) return BashFinding.Plain;
        }
        if (at.Name == "enable") return EnablesFile(at) ? new BashFinding(Why: "it loads a library into the shell") : null;
        if (at.Name is "make" or "gmake" or "cmake" or "ninja" or "configure" && NamesTempTool(at)) return BashFinding.Plain;
        if (at.Name is not ("export" or "declare" or "typeset" or "readonly")) return null;
        foreach (var argument in at.Arguments)
        {
            if (argument.Prefix.IndexOf('=') is > 0 and var equals && Loads(argument.Prefix[..equals], argument.From(equals + 1), at)) return BashFinding.Plain;
        }
        return null;
    }

    private static bool Loads(string name, Word value, RuleCase at)
    {
        var text = value.Shown;
        if (text.Length == 0) return false;
        return name switch
        {
            "LD_PRELOAD" or "LD_AUDIT" or "DYLD_INSERT_LIBRARIES" or "DYLD_FORCE_FLAT_NAMESPACE" => !IsInstalled(value, at),
            "BASH_ENV" or "ENV" or "PROMPT_COMMAND" or "ZDOTDIR" or "PYTHONSTARTUP" or "PERL5DB" => name is not "ENV" || text.Contains('/') && !IsInstalled(value, at),
            // Why: bash expands it before every line that it traces; only these run or look up code.
            "PS4" => text.Contains("$(", StringComparison.Ordinal) || text.Contains('`', StringComparison.Ordinal) || text.Contains('@', StringComparison.Ordinal),
            "RUSTC_WRAPPER" or "RUSTC_WORKSPACE_WRAPPER" or "CARGO_BUILD_RUSTC" or "CARGO_BUILD_RUSTC_WRAPPER" or "npm_config_script_shell" or "GCONV_PATH" => IsOpen(text),
            "GOFLAGS" => text.IndexOf("-toolexec=", StringComparison.Ordinal) is >= 0 and var tool && IsOpen(text[(tool + 10)..]),
            "NODE_OPTIONS" => PreloadedModule.IsForeignToNode(text, at),
            "PERL5OPT" => text.Contains("-M", StringComparison.Ordinal) || text.Contains("-I", StringComparison.Ordinal) || text.Contains("-e", StringComparison.Ordinal) || text.Contains("-d", StringComparison.Ordinal),
            "RUBYOPT" => PreloadedModule.IsForeignToRuby(text, at),
            "JAVA_TOOL_OPTIONS" or "_JAVA_OPTIONS" or "JDK_JAVA_OPTIONS" => text.Contains("-javaagent", StringComparison.Ordinal) || text.Contains("-agentpath", StringComparison.Ordinal) || text.Contains("-agentlib", StringComparison.Ordinal),
            "PATH" => at.Invocation.IsPrivileged || at.Name is "sudo" or "doas" ? StartsOpen(text) : false,
            "LD_LIBRARY_PATH" or "DYLD_LIBRARY_PATH" or "DYLD_FRAMEWORK_PATH" => (at.Invocation.IsPrivileged || at.Name is "sudo" or "doas") && StartsOpen(text),
            _ => false,
        };
    }

    /// <summary><c>enable -f x.so name</c> loads a library into the shell.</summary>
    private static bool EnablesFile(RuleCase at)
    {
        for (var i = 0; i + 1 < at.Arguments.Length; i++)
        {
            if (at.Arguments[i].Is("-f") && !IsInstalled(at.Arguments[i + 1], at)) return true;
        }
        return false;
    }

    /// <summary><c>make CC=/tmp/x</c>, <c>make SHELL=/dev/shm/x</c>: a build tool from a folder that anybody may fill.</summary>
    private static bool NamesTempTool(RuleCase at)
    {
        foreach (var argument in at.Arguments)
        {
            var text = argument.Shown;
            var equals = text.IndexOf('=');
            if (equals <= 0) continue;
            var name = text.StartsWith("-D", StringComparison.Ordinal) ? text[2..equals] : text[..equals];
            if (name is not ("SHELL" or "CC" or "CXX" or "LD" or "AR" or "AS" or "CPP" or "MAKE" or "RM" or "INSTALL" or "PYTHON" or "LD_PRELOAD" or "CMAKE_C_COMPILER" or "CMAKE_CXX_COMPILER" or "CMAKE_LINKER" or "CMAKE_MAKE_PROGRAM")) continue;
            var value = text[(equals + 1)..];
            if (IsOpen(value)) return true;
        }
        return false;
    }

    private static bool IsOpen(string path) => path is "/tmp" || GitConfigKeys.IsOpenPlace(path);

    private static bool IsInstalled(Word value, RuleCase at) => at.PlaceOf(value).Kind == PlaceKind.System || IsOfCompiler(value, at);

    /// <summary><c>$(gcc -print-file-name=libasan.so)</c>: the compiler says where its own library lies.</summary>
    private static bool IsOfCompiler(Word value, RuleCase at) => value.Pieces is [{ From.From: [var source] }] && source.Name is "gcc" or "g++" or "clang" or "clang++" or "cc"
        && at.Of(source).Arguments is [var only] && only.Text is { } option && option.StartsWith("-print-file-name=", StringComparison.Ordinal) && !option.Contains('/', StringComparison.Ordinal);

    /// <summary>The first folder is one that anybody may fill.</summary>
    private static bool StartsOpen(string path) =>
        path.StartsWith("/tmp", StringComparison.Ordinal) || path.StartsWith("/var/tmp", StringComparison.Ordinal) || path.StartsWith("/dev/shm", StringComparison.Ordinal) || path.StartsWith('.') || path.StartsWith(':');
}
