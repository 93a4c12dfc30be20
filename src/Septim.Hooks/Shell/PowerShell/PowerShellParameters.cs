namespace Septim.Hooks.Shell.PowerShell;

/// <summary>The parameters of the commands that are followed, by their full names. Source: the module reference of PowerShell 7.5.</summary>
/// <param name="Positional">In the order in which bare values fill them.</param>
/// <param name="Named">With a value, by name alone.</param>
/// <param name="Switches">Without a value.</param>
internal readonly record struct PowerShellParameters(string Positional, string Named, string Switches)
{
    private const string CommonNamed = " erroraction ea warningaction wa informationaction outvariable ov outbuffer errorvariable ev pipelinevariable pv progressaction";
    private const string CommonSwitches = " whatif wi confirm cf verbose vb debug db";

    /// <summary>Of commands that are not listed nothing is known: then a value behind a name may be the name's or stand by itself.</summary>
    public bool IsKnown => Positional is not null;

    public static PowerShellParameters Of(string command) => command switch
    {
        "remove-item" => new("path", "literalpath pspath lp filter include exclude credential stream", "recurse force"),
        "get-childitem" => new("path filter", "literalpath pspath lp include exclude depth attributes", "recurse r s force name directory ad dir file af hidden ah readonly ar system as followsymlink"),
        "get-item" or "resolve-path" or "convert-path" or "get-itemproperty" => new("path name", "literalpath pspath lp filter include exclude stream", "force relative"),
        "get-content" => new("path", "literalpath pspath lp readcount totalcount head first tail last filter include exclude encoding delimiter stream", "raw wait force asbytestream"),
        "select-string" => new("pattern path", "inputobject literalpath pspath include exclude encoding context culture", "quiet list casesensitive simplematch notmatch allmatches noemphasis raw"),
        "set-content" or "add-content" => new("path value", "literalpath pspath lp filter include exclude encoding stream credential", "nonewline force passthru asbytestream"),
        "out-file" => new("filepath encoding", "path literalpath pspath inputobject width", "append noclobber nooverwrite force nonewline"),
        "tee-object" => new("filepath", "path literalpath inputobject variable encoding", "append"),
        "export-csv" or "export-clixml" => new("path delimiter", "literalpath inputobject encoding depth", "append notypeinformation nti noclobber force usequotes useculture"),
        "new-item" => new("path", "name itemtype type value target credential", "force"),
        "clear-content" => new("path", "literalpath pspath filter include exclude stream", "force"),
        "copy-item" or "move-item" => new("path destination", "literalpath pspath lp filter include exclude credential tosession fromsession", "recurse container force passthru"),
        "rename-item" => new("path newname", "literalpath pspath", "force passthru"),
        "set-location" or "push-location" => new("path", "literalpath pspath lp stackname", "passthru"),
        "set-item" => new("path value", "literalpath", "force passthru"),
        "invoke-webrequest" or "invoke-restmethod" => new("uri", "method custommethod headers body infile outfile contenttype form useragent timeoutsec websession sessionvariable sv credential authentication token certificate proxy maximumredirection maximumretrycount retryintervalsec transferencoding customuri httpversion sslprotocol resumemode", "usebasicparsing usedefaultcredentials disablekeepalive skipcertificatecheck passthru resume allowunencryptedauthentication skipheadervalidation followrellink preserveauthorizationonredirect skiphttperrorcheck noproxy"),
        "start-bitstransfer" => new("source destination", "displayname priority transfertype description credential", "asynchronous"),
        "start-process" => new("filepath argumentlist", "args verb windowstyle workingdirectory credential redirectstandardoutput rso redirectstandarderror rse redirectstandardinput rsi environment", "wait nonewwindow nnw passthru loaduserprofile usenewenvironment"),
        "invoke-item" => new("path", "literalpath filter include exclude", ""),
        "write-host" or "write-output" or "write-information" or "write-warning" or "write-error" or "write-verbose" or "write-debug" => new("object", "inputobject messagedata message msg separator foregroundcolor backgroundcolor tags category errorid", "nonewline noenumerate"),
        "invoke-expression" => new("command", "", ""),
        "join-path" => new("path childpath additionalchildpath", "credential", "resolve"),
        "split-path" => new("path", "literalpath", "leaf parent qualifier noqualifier extension leafbase resolve isabsolute"),
        "where-object" => new("property value", "filterscript inputobject", "eq ieq ceq ne ine cne like ilike clike notlike inotlike match imatch cmatch notmatch gt lt ge le in notin contains notcontains is isnot not"),
        "foreach-object" => new("process", "membername argumentlist inputobject begin end parallel throttlelimit", "asjob"),
        "select-object" => new("property", "expandproperty excludeproperty first last skip skiplast skipindex index inputobject", "unique wait caseinsensitive"),
        "sort-object" or "group-object" => new("property", "inputobject culture top bottom", "descending unique stable asstring ashashtable noelement"),
        "format-table" or "format-list" or "format-wide" or "format-custom" => new("property", "groupby view expand displayerror inputobject column depth", "autosize wrap hidetableheaders force repeatheader"),
        "set-alias" or "new-alias" => new("name value", "description option scope", "force passthru"),
        "new-object" => new("typename argumentlist", "args property comobject", "strict"),
        "expand-archive" => new("path destinationpath", "literalpath", "force passthru"),
        "compress-archive" => new("path destinationpath", "literalpath compressionlevel", "force update passthru"),
        "invoke-command" => new("computername scriptblock", "session argumentlist args credential filepath hostname username", "asjob"),
        "get-command" => new("name argumentlist", "module type commandtype totalcount", "all syntax listimported"),
        "stop-process" => new("id", "name inputobject", "force passthru"),
        "set-clipboard" => new("value", "literalpath path", "append"),
        "format-hex" => new("path", "literalpath inputobject encoding count offset", "raw"),
        "get-process" => new("name", "id computername module inputobject", "includeusername fileversioninfo"),
        "invoke-sqlcmd" => new("query", "inputfile serverinstance database username password variable connectionstring hostname querytimeout", "trustservercertificate"),
        "invoke-wmimethod" or "invoke-cimmethod" => new("class name", "classname methodname argumentlist arguments computername path namespace inputobject query", "asjob"),
        "set-variable" or "new-variable" or "get-variable" => new("name value", "description option scope visibility include exclude", "force passthru valueonly"),
        "import-csv" or "import-clixml" => new("path delimiter", "literalpath header encoding", "useculture"),
        "get-alias" => new("name", "definition scope exclude", ""),
        "send-mailmessage" => new("to subject body smtpserver", "attachments from cc bcc credential port priority encoding", "usessl bodyashtml"),
        "resolve-dnsname" => new("name type", "server", "dnsonly nohostsfile"),
        "import-module" => new("name", "prefix function cmdlet alias scope requiredversion minimumversion argumentlist", "force passthru global disablenamechecking"),
        "add-type" => new("typedefinition", "path literalpath assemblyname an language referencedassemblies memberdefinition name namespace outputassembly", "passthru ignorewarnings"),
        _ => default,
    };

    /// <summary>The full name that a beginning stands for, and whether a value follows; null when it is none.</summary>
    public (string Name, bool TakesValue)? Resolve(ReadOnlySpan<char> given)
    {
        (string, bool)? begun = null;
        foreach (var (names, takesValue) in (ReadOnlySpan<(string, bool)>)[(Positional ?? "", true), (Switches ?? "", false), (Named ?? "", true), (CommonSwitches, false), (CommonNamed, true)])
        {
            for (int start = 0, end; start < names.Length; start = end + 1)
            {
                end = start;
                while (end < names.Length && names[end] != ' ') end++;
                // Why by hand: a table of a thousand entries, given to a thousand commands, asks for a million names.
                if (end - start < given.Length || (given.Length > 0 && char.ToLowerInvariant(given[0]) != names[start])) continue;
                var name = names.AsSpan(start, end - start);
                if (!name.StartsWith(given, StringComparison.OrdinalIgnoreCase)) continue;
                if (name.Length == given.Length) return (name.ToString(), takesValue);
                begun ??= (name.ToString(), takesValue);
            }
        }
        return begun;
    }
}
