using System.Buffers;

namespace Septim.Hooks.Shell.Code;

/// <summary>Calls that put a value before the reader, into a file or into a program's input.</summary>
internal static class CodeSinks
{
    public static void Read(CodeLanguage language, CodeSite call)
    {
        if (call.Effects.IsMuted || !call.Effects.FollowsValues) return;
        if (call.Leaf is "pipe" && call.First.Name is { } stream && IsOutput(stream)) call.Effects.Show(call.Receiver, call.Start, call.End);
        // Why: node's request is a stream that takes its body so.
        else if (call.Leaf is "pipe" && call.First is { Url: { } url } request && request.Is(CodeTraits.Network) && !IsLocal(url)) call.Effects.Sends(CodeArguments.Of(call.Receiver), call.Start, call.End);
        else if (call.Leaf is "pipeline" or "write" or "copy" && call.Any(static argument => IsOutput(argument.Name ?? "")) is not null) call.Effects.Show(call.Arguments.Origins(), call.Start, call.End);
        else if (call.Leaf is "copyfileobj" or "dump" or "safe_dump" or "stream_copy_to_stream" or "copy_stream") Copied(call, call.Arguments.At(1), call.First);
        else if (call.Leaf is "fwrite" or "fputs" or "fprintf" or "syswrite") Copied(call, call.First, call.Arguments.At(1));
        else if (IsPrinter(language, call)) Printed(call);

        else if (call.Leaf is "write" or "writelines" or "puts" or "print" or "printf" or "end" or "communicate" or "write_bytes" or "writeSync") Copied(call, call.Receiver, given: null);
    }

    /// <summary>A call that no table knows.</summary>
    public static void ReadUnknown(CodeSite call)
    {
        // Why: what is looked up by its name goes to the servers of that name.
        if (call.Name is "socket.gethostbyname" or "socket.getaddrinfo" or "dns.lookup" or "dns.resolve" or "dns.promises.lookup" or "dns.promises.resolve" or "Resolv.getaddress" or "gethostbyname" or "dns_get_record")
        {
            if (call.First.Text is not null) call.Effects.Do(call.Start, call.End, CodeValue.Of("host"), call.First);
            call.Effects.Sends(call.Arguments, call.Start, call.End);
        }
        else if ((call.IsMethod && Sends(call.Leaf)) || call.Name is "webbrowser.open" or "mail") call.Effects.Sends(call.Arguments, call.Start, call.End);
    }

    /// <summary>Methods of clients that hand what they are given to a service. One setting out of a file says who asks.</summary>
    private static bool Sends(string call) => call is "create" or "createCompletion" or "createChatCompletion" or "request" or "send" or "sendMessage" or "send_message" or "upload" or "upload_file" or "upload_fileobj" or "uploadFile" or "put_object" or "putObject"
        or "publish" or "generate" or "generate_content" or "generateContent" or "invoke" or "complete" or "completions" or "chat" or "emit" or "postMessage" or "chat_postMessage" or "sendMail" or "send_mail" or "sendall" or "patch" or "post" or "put";

    private static void Printed(CodeSite call)
    {
        if (call.Arguments.Named.TryGetValue("file", out var file) && (file.Target ?? (object?)file.Program) is not null) Copied(call, file, null);
        else if ((call.Receiver.Target ?? (object?)call.Receiver.Program) is not null) Copied(call, call.Receiver, null);
        else call.Effects.Show(call.Arguments.Origins(), call.Start, call.End);
    }

    /// <summary>What goes into a handle: a file, a program's input, or the standard output by its name.</summary>
    private static void Copied(CodeSite call, CodeValue to, CodeValue? given)
    {
        var data = given ?? call.Arguments.At(0, "input");
        if (to.Program is { } program) call.Effects.Feed(program, data, call.Start, call.End);
        else if (to.Target is not null) call.Effects.Put(to, data, given ?? call.Arguments.Origins(), call.Start, call.End);
        // Why: node's request takes its body by write and end.
        else if (to is { Url: { } url } && to.Is(CodeTraits.Network) && call.Leaf is "write" or "end" && !IsLocal(url)) call.Effects.Sends(call.Arguments, call.Start, call.End);
        else if (IsOutput(to.Name ?? "")) call.Effects.Show(given ?? call.Arguments.Origins(), call.Start, call.End);
    }

    private static bool IsLocal(CodeValue url)
    {
        foreach (var field in (ReadOnlySpan<string>)["hostname", "host"])
        {
            if (url.Fields is { } fields && fields.TryGetValue(field, out var host)) return host.Text is "localhost" or "127.0.0.1";
        }
        return url.Text?.Contains("localhost", StringComparison.Ordinal) == true || url.Text?.Contains("127.0.0.1", StringComparison.Ordinal) == true;
    }

    private static readonly SearchValues<char> s_shellSigns = SearchValues.Create("|&;<>()$`\\\"'");

    /// <summary>The words of a plain command line; null when it is more than that.</summary>
    public static CodeValue[]? Words(CodeValue command) =>
        command.Text is { Length: > 0 and < 200 } line && line.AsSpan().IndexOfAny(s_shellSigns) < 0 ? Array.ConvertAll(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), CodeValue.Of) : null;

    private static bool IsPrinter(CodeLanguage language, CodeSite call)
    {
        if (language == CodeLanguage.Other && call.Name is "io.write" or "IO.puts" or "IO.inspect" or "IO.write" or "IO.print" or "System.out.println" or "Console.WriteLine" or "Logger.info") return true;
        if (call.Name is "os.write" or "fs.writeSync") return call.First.Text is "1" or "2";
        if (call.IsMethod && call.Leaf is "write" or "writelines" or "writeSync") return IsOutput(call.Name.LastIndexOf('.') is var dot and > 0 ? call.Name[..dot] : "");
        switch (call.Leaf)
        {
            case "print" or "println" or "printf" or "pprint" or "pp" or "puts" or "p" or "say" or "echo" or "secho" or "var_dump" or "print_r" or "var_export" or "Dumper" or "dd" or "dump" or "die" or "abort" or "warn" or "croak" or "fail" or "raise"
                or "error_log" or "trigger_error" or "confess" or "carp":
                return call.Leaf != "p" || language == CodeLanguage.Ruby;
            case "exit": return language is CodeLanguage.Python or CodeLanguage.Php;
            case "copy" or "writeSync" when call.Name is "pyperclip.copy" or "clipboardy.writeSync": return true;
            case "log" or "info" or "debug" or "warning" or "error" or "critical" or "exception" or "fatal" or "notice" or "dir" or "table" or "trace" or "group":
                return call.IsMethod && !call.Name.StartsWith("Math", StringComparison.Ordinal) && !call.Name.StartsWith("math", StringComparison.Ordinal);
            case "cat" or "message" or "writeln" or "display" or "io.write": return language == CodeLanguage.Other;
            default:
                return false;
        }
    }

    private static bool IsOutput(string name) => name is "sys.stdout" or "sys.stderr" or "stdout" or "stderr" or "sys.__stdout__" or "sys.stdout.buffer" or "process.stdout" or "process.stderr" or "STDOUT" or "STDERR" or "$stdout" or "$stderr"
        or "Bun.stdout" or "Deno.stdout" or "Deno.stderr";
}
