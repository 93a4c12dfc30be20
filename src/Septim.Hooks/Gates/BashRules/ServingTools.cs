using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>Web servers that give out the files of a folder: which folder. Sources: the tools' own help, November 2026.</summary>
internal static class ServingTools
{
    private static readonly OptionTable s_python = new("b:d:p:", "bind= directory= protocol= cgi");
    private static readonly OptionTable s_php = new("S:t:d:c:");
    private static readonly OptionTable s_node = new("p:l:c:a:d:s", "port= listen= config= host= cors single");
    private static readonly OptionTable s_busybox = new("p:h:c:r:u:fiv");

    /// <summary>Null: it serves nothing, or to this machine only.</summary>
    public static Word? Served(RuleCase at)
    {
        if (at.AsksForHelp) return null;
        switch (at.Name)
        {
            case "python" when at.Argument(0) is "-m" && at.Argument(1) is "http.server" or "SimpleHTTPServer":
                var python = OptionReader.Read(at.Arguments, s_python, 2);
                return python.Value("-b", "--bind")?.Text is "127.0.0.1" or "localhost" or "::1" ? null : python.Value("-d", "--directory") ?? Here(at);
            case "php" when OptionReader.Read(at.Arguments, s_php) is var php && php.Value("-S") is { } address:
                return address.StartsWith("localhost") || address.StartsWith("127.") ? null : php.Value("-t") ?? Here(at);
            case "http-server" or "serve" or "live-server":
                var node = OptionReader.Read(at.Arguments, s_node);
                return node.Value("-a", "--host")?.Text is "127.0.0.1" or "localhost" ? null : node.Operands.Count > 0 ? node.Operands[0] : Here(at);
            case "busybox" when at.Argument(0) is "httpd":
                return OptionReader.Read(at.Arguments, s_busybox, 1).Value("-h") ?? Here(at);
            case "httpd" when at.Invocation.IsVia("busybox"):
                return OptionReader.Read(at.Arguments, s_busybox).Value("-h") ?? Here(at);
            case "ruby" when at.HasArgument("-run") && at.HasArgument("httpd"):
                var served = Array.FindIndex(at.Arguments, static argument => argument.Is("httpd")) + 1;
                return served < at.Arguments.Length && !at.Arguments[served].StartsWith("-") ? at.Arguments[served] : Here(at);
            default: return null;
        }
    }

    private static Word? Here(RuleCase at) => at.Invocation.Directory is { } directory ? Word.Of(directory) : null;
}
