namespace Septim.Hooks.Audit.Surroundings;

/// <summary>A program and its arguments, as they really start: shells, <c>env</c>, <c>sudo</c> and secret managers' runners taken off.</summary>
internal sealed record LaunchedCommand(string Program, IReadOnlyList<string> Args)
{
    private const int MaxDepth = 4;

    /// <summary>Programs that hand the words after <c>--</c> (or after their own options) to another program.</summary>
    private static readonly string[] Runners = ["op", "infisical", "doppler", "chamber", "aws-vault", "direnv", "dotenv", "dotenvx", "envchain", "teller", "berglas", "sops"];
    private static readonly string[] Prefixes = ["sudo", "doas", "nohup", "nice", "ionice", "time", "exec", "command", "stdbuf", "setsid", "caffeinate"];

    /// <summary>The name without folder and ending, in lower case.</summary>
    public string Name => Path.GetFileNameWithoutExtension(Program.Replace('\\', '/')).ToLowerInvariant();

    public bool IsShell => Name is "bash" or "sh" or "zsh" or "dash" or "cmd" or "powershell" or "pwsh";

    /// <summary>What a shell is told to run with <c>-c</c>; null when it is no such call.</summary>
    public string? Script
    {
        get
        {
            if (!IsShell) return null;
            for (var i = 0; i < Args.Count - 1; i++)
                if (Args[i].ToLowerInvariant() is "-c" or "/c" or "/k" or "-lc" or "-ic" or "-lic" or "-command" or "-ec" or "-exc") return Name == "cmd" ? string.Join(' ', Args.Skip(i + 1)) : Args[i + 1];
            return null;
        }
    }

    /// <summary>Every simple command that comes out of one line, the innermost ones.</summary>
    public IEnumerable<LaunchedCommand> Innermost(int depth = 0)
    {
        if (depth > MaxDepth) return [this];
        if (Script is { } script)
            return ShellText.Split(script, _ => Place.None).Select(line => FromWords(line.Words.Select(word => word.Text))).OfType<LaunchedCommand>().SelectMany(inner => inner.Innermost(depth + 1));
        var dashes = Args.ToList().IndexOf("--");
        if (Name == "env") return Next(Args.SkipWhile(arg => arg.Has("=") || arg.StartsWith('-')), depth);
        if (Name == "timeout") return Next(Args.SkipWhile(arg => arg.StartsWith('-')).Skip(1), depth);
        if (Prefixes.Contains(Name)) return Next(Args.SkipWhile(arg => arg.StartsWith('-') || arg.Has("=")), depth);
        if (Name is "volta" or "corepack" or "asdf" or "fnm" or "mise" or "rtx" or "proto" or "nvm")
            return Next(dashes >= 0 ? Args.Skip(dashes + 1) : Args.SkipWhile(arg => arg is "run" or "exec" or "x" || arg.StartsWith('-') || arg.Has("@")), depth);
        return Runners.Contains(Name) && dashes >= 0 ? Next(Args.Skip(dashes + 1), depth) : [this];
    }

    private IEnumerable<LaunchedCommand> Next(IEnumerable<string> words, int depth) => FromWords(words) is { } inner ? inner.Innermost(depth + 1) : [this];

    private static LaunchedCommand? FromWords(IEnumerable<string> words)
    {
        var left = words.SkipWhile(word => word.IndexOf('=') is var cut and > 0 && !word.AsSpan(0, cut).ContainsAny('/', '-')).ToList();
        return left.Count == 0 ? null : new LaunchedCommand(left[0], left[1..]);
    }
}
