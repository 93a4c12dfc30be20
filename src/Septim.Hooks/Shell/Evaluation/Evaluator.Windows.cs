namespace Septim.Hooks.Shell.Evaluation;

/// <summary>PowerShell and cmd.exe as programs.</summary>
internal sealed partial class Evaluator
{
    private Feed Windows(Call call)
    {
        var arguments = call.Arguments;
        var language = call.Name == "cmd" ? CodeLanguage.Cmd : CodeLanguage.PowerShell;
        for (var i = 0; i < arguments.Length; i++)
        {
            var text = (arguments[i].Text ?? "").ToLowerInvariant();
            // Why: Windows' own takes a version with a number behind it, and goes on.
            if (text is "-version" && char.IsAsciiDigit(call.Text(i + 1).FirstOrDefault()))
            {
                i++;
                continue;
            }
            if (text is "-help" or "-?" or "/?" or "--help" or "-version" or "--version") return Plain(call);
            if (language == CodeLanguage.Cmd)
            {
                if (text is "/c" or "/k" or "//c" or "//k" && i + 1 < arguments.Length) return Run(call, language, Join(arguments, i + 1), CodeOrigin.Argument);
                if (text.StartsWith("/c", StringComparison.Ordinal) && text.Length > 2) return Run(call, language, Join([arguments[i].From(2), .. call.Rest(i + 1)]), CodeOrigin.Argument);
                continue;
            }
            if (text == "-") return Interpreted(call, language, call.Frame.Input, CodeOrigin.Input);
            if (text.Length > 1 && text[0] is '-' or '/')
            {
                var name = text.AsSpan(1).TrimStart('-');
                if (name.Length > 0 && "command".AsSpan().StartsWith(name))
                {
                    if (i + 1 >= arguments.Length) return Plain(call);
                    return arguments[i + 1].Is("-") ? Interpreted(call, language, call.Frame.Input, CodeOrigin.Input) : Run(call, language, Join(arguments, i + 1), CodeOrigin.Argument);
                }
                if (name is "cwa" or "commandwithargs" && i + 1 < arguments.Length) return Run(call, language, arguments[i + 1], CodeOrigin.Argument);
                if (name is "e" or "ec" || (name.Length > 1 && "encodedcommand".AsSpan().StartsWith(name))) return Encoded(call, i + 1);
                if (name.Length > 0 && "file".AsSpan().StartsWith(name) && i + 1 < arguments.Length)
                    return arguments[i + 1].Is("-") ? Interpreted(call, language, call.Frame.Input, CodeOrigin.Input) : Interpreted(call, language, FileFeed(arguments[i + 1], call.Scope), CodeOrigin.File);
                if (!IsWindowsSwitch(name)) i++;
                continue;
            }
            // Why: powershell.exe takes a bare argument as a command, pwsh as a file; both are read as a command here.
            return Run(call, language, Join(arguments, i), CodeOrigin.Argument);
        }
        return call.Frame.Input == Feed.Inherited || call.Frame.Input.IsNothing ? Plain(call) : Interpreted(call, language, call.Frame.Input, CodeOrigin.Input);
    }

    /// <summary>Options of PowerShell without a value, or a beginning of one.</summary>
    private static bool IsWindowsSwitch(ReadOnlySpan<char> name)
    {
        foreach (var option in (ReadOnlySpan<string>)["noprofile", "nologo", "noninteractive", "noexit", "noprofileloadtime", "sta", "mta", "login"])
        {
            if (option.AsSpan().StartsWith(name)) return true;
        }
        return false;
    }

    private Feed Encoded(Call call, int at)
    {
        // Why: an option is no text that could be decoded; PowerShell stops with an error.
        if (at >= call.Arguments.Length || call.Text(at).StartsWith('-')) return Plain(call);
        var bytes = new byte[call.Text(at).Length + 4];
        return Convert.TryFromBase64String(call.Text(at), bytes, out var count) && count > 0
            ? Run(call, CodeLanguage.PowerShell, Word.Of(System.Text.Encoding.Unicode.GetString(bytes, 0, count)), CodeOrigin.Argument)
            : Interpreted(call, CodeLanguage.PowerShell, new Feed(), CodeOrigin.Argument);
    }
}
