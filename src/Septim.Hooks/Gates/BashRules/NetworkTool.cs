using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>curl and wget: whom they ask, what they send, where the answer goes.</summary>
internal static class NetworkTool
{
    private static readonly OptionTable s_curl = new(
        "A:b:c:C:d:D:e:E:F:h:H:K:m:o:P:Q:r:t:T:u:U:w:x:X:y:Y:z:",
        "user-agent= cookie= cookie-jar= continue-at= data= data-ascii= data-binary= data-raw= data-urlencode= dump-header= referer= cert= form= form-string= header= config= max-time= output= output-dir= quote= range= telnet-option= upload-file= user= proxy-user= write-out= proxy= request= url= url-query= json= connect-timeout= retry= retry-delay= retry-max-time= cacert= capath= key= resolve= interface= limit-rate= ciphers= netrc-file= unix-socket= connect-to= dns-servers= stderr= trace= trace-ascii= variable= expand-data= aws-sigv4= oauth2-bearer= remote-name fail silent location show-error head get insecure compressed netrc proto= hsts= alt-svc= etag-save= etag-compare= create-dirs rate= max-redirs= noproxy= socks5= socks5-hostname= time-cond= tls-max= mail-from= mail-rcpt= next");

    private static readonly OptionTable s_wget = new(
        "o:a:e:O:P:t:T:w:Q:U:l:A:R:D:I:X:B:i:",
        "output-document= directory-prefix= output-file= append-output= execute= tries= timeout= wait= quota= user-agent= post-data= post-file= body-data= body-file= method= header= user= password= http-user= http-password= level= accept= reject= domains= input-file= limit-rate= ca-certificate= certificate= private-key= save-cookies= load-cookies= referer= spider no-check-certificate quiet base= cut-dirs= config=");

    /// <summary>One request as given.</summary>
    /// <param name="Urls">Addresses, known or not.</param>
    /// <param name="WritesTo">The file of the answer; null when it goes to stdout, or is discarded.</param>
    /// <param name="ToStdout">The answer is written to stdout.</param>
    /// <param name="Uploads">Files whose bytes are sent; <c>-</c> is left out.</param>
    /// <param name="Sent">Texts that are sent: data, headers, form fields.</param>
    /// <param name="SendsInput">It sends what it reads from stdin.</param>
    internal sealed record Request(List<Word> Urls, Word? WritesTo, bool ToStdout, List<Word> Uploads, List<Word> Sent, bool SendsInput)
    {
        /// <summary>The HTTP method, upper case.</summary>
        public string Method { get; init; } = "GET";

        /// <summary>All addresses are of this machine: <c>file:</c>, localhost.</summary>
        public bool IsLocal { get; init; }
    }

    /// <summary>The request of curl or wget; null for other programs.</summary>
    public static Request? Read(RuleCase at) => at.Request;

    public static Request? Read(Invocation invocation) => invocation.Name switch
    {
        "curl" or "curlie" => Curl(invocation.Arguments),
        "wget" or "wget2" => Wget(invocation.Arguments),
        "aria2c" or "axel" => Wget(invocation.Arguments),
        "http" or "https" or "xh" or "xhs" or "httpie" => Http(invocation.Arguments),
        _ => null,
    };

    private static Request Curl(Word[] arguments)
    {
        var given = OptionReader.Read(arguments, s_curl);
        var urls = new List<Word>(given.Operands);
        var uploads = new List<Word>();
        var sent = new List<Word>();
        var input = false;
        var hasData = false;
        foreach (var option in given.Options)
        {
            if (option.Value is not { } value) continue;
            switch (option.Name)
            {
                case "--url": urls.Add(value); break;
                case "-d" or "--data" or "--data-binary" or "--data-ascii" or "--json":
                    hasData = true;
                    if (value.StartsWith("@")) input |= AddFile(uploads, value.From(1));
                    else sent.Add(value);
                    break;
                case "--data-urlencode" or "--url-query":
                    hasData = true;
                    var at = value.Prefix.IndexOf('@');
                    if (at >= 0 && !value.Prefix.AsSpan(0, at).Contains('=')) input |= AddFile(uploads, value.From(at + 1));
                    else sent.Add(value);
                    break;
                case "-F" or "--form":
                    hasData = true;
                    var mark = value.Prefix.IndexOf("=@", StringComparison.Ordinal);
                    if (mark < 0) mark = value.Prefix.IndexOf("=<", StringComparison.Ordinal);
                    if (mark >= 0)
                    {
                        // Why: `-F f=@a,b;type=x` sends several files.
                        var list = BeforeSemicolon(value.From(mark + 2));
                        if (list.Text is { } names && names.Contains(','))
                        {
                            foreach (var one in names.Split(',')) input |= AddFile(uploads, Word.Of(one));
                        }
                        else input |= AddFile(uploads, list);
                    }
                    else sent.Add(value);
                    break;
                case "-T" or "--upload-file": hasData = true; input |= AddUpload(uploads, value); break;
                case "-b" or "--cookie" when !value.Shown.Contains('='): uploads.Add(value); break;
                case "-H" or "--header" when value.StartsWith("@"): input |= AddFile(uploads, value.From(1)); break;
                case "--data-raw" or "--form-string": hasData = true; sent.Add(value); break;
                case "-H" or "--header" or "-u" or "--user" or "-b" or "--cookie" or "-A" or "--user-agent" or "-e" or "--referer": sent.Add(value); break;
            }
        }
        var output = given.Value("-o", "--output");
        Word? target = output;
        if (output is null && given.Has("-O", "--remote-name") && urls.Count > 0) target = LastPart(urls[0]);
        if (target is not null && given.Value("--output-dir")?.Text is { } directory && target.Text is { } name) target = Word.Of(directory.TrimEnd('/') + "/" + name);
        var toStdout = target is null || target.Is("-") || target.Is("/dev/stdout");
        var method = given.Value("-X", "--request")?.Text?.ToUpperInvariant()
            ?? (given.Has("-I", "--head") ? "HEAD" : given.Has("-T", "--upload-file") ? "PUT" : hasData && !given.Has("-G", "--get") ? "POST" : "GET");
        return new Request(urls, toStdout ? null : target, toStdout, uploads, sent, input) { Method = method, IsLocal = AllLocal(urls) };
    }

    private static Request Wget(Word[] arguments)
    {
        var given = OptionReader.Read(arguments, s_wget);
        var uploads = new List<Word>();
        var input = false;
        if ((given.Value("--post-file") ?? given.Value("--body-file")) is { } file) input = AddFile(uploads, file);
        var sent = new List<Word>();
        if ((given.Value("--post-data") ?? given.Value("--body-data")) is { } data) sent.Add(data);
        foreach (var header in given.Values("--header")) sent.Add(header);
        var document = given.Value("-O", "--output-document");
        var toStdout = document is not null && (document.Is("-") || document.Is("/dev/stdout"));
        var target = document ?? (given.Operands.Count > 0 ? LastPart(given.Operands[0]) : null);
        if (document is null && given.Value("-P", "--directory-prefix")?.Text is { } directory && target?.Text is { } name) target = Word.Of(directory.TrimEnd('/') + "/" + name);
        var method = given.Value("--method")?.Text?.ToUpperInvariant() ?? (uploads.Count + sent.Count > 0 && given.Has("--post-file", "--post-data") ? "POST" : "GET");
        return new Request(given.Operands, toStdout ? null : target, toStdout, uploads, sent, input) { Method = method, IsLocal = AllLocal(given.Operands) };
    }

    private static Request Http(Word[] arguments)
    {
        var given = OptionReader.Read(arguments, new OptionTable("a:o:A:dc", "auth= output= session= download continue print= pretty= style= auth-type= timeout= proxy= verify= raw="));
        var uploads = new List<Word>();
        var urls = new List<Word>();
        var sent = new List<Word>();
        var method = "GET";
        foreach (var operand in given.Operands)
        {
            var at = operand.Prefix.IndexOf('@');
            if (urls.Count == 0 && operand.Text is "GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS") method = operand.Text;
            else if (urls.Count == 0) urls.Add(operand);
            else if (at >= 0 && (at == 0 || operand.Prefix[at - 1] == '=' || !operand.Prefix.AsSpan(0, at).Contains('='))) uploads.Add(operand.From(at + 1));
            else sent.Add(operand);
        }
        var target = given.Value("-o", "--output") ?? (given.Has("-d", "--download") && urls.Count > 0 ? LastPart(urls[0]) : null);
        return new Request(urls, target, target is null, uploads, sent, true) { Method = method, IsLocal = AllLocal(urls) };
    }

    private static bool AddFile(List<Word> uploads, Word file)
    {
        if (file.Is("-") || file.Is(".")) return true;
        uploads.Add(file);
        return false;
    }

    /// <summary>curl takes <c>-T "{a,b}"</c> apart by itself.</summary>
    private static bool AddUpload(List<Word> uploads, Word value)
    {
        if (value.Text is not ['{', .., '}'] list) return AddFile(uploads, value);
        var input = false;
        foreach (var one in list[1..^1].Split(',')) input |= AddFile(uploads, Word.Of(one));
        return input;
    }

    private static Word BeforeSemicolon(Word value) =>
        value.Text is { } text && text.IndexOf(';') is > 0 and var at ? Word.Of(text[..at]) : value;

    private static Word? LastPart(Word url)
    {
        if (url.Text is not { } text) return null;
        var end = text.IndexOfAny(['?', '#']);
        if (end >= 0) text = text[..end];
        var name = ShellPath.Leaf(text.TrimEnd('/'));
        return Word.Of(name.Length == 0 || !text.Contains('/') ? "index.html" : name);
    }

    private static bool AllLocal(List<Word> urls)
    {
        foreach (var url in urls)
        {
            if (!IsLocalUrl(url)) return false;
        }
        return urls.Count > 0;
    }

    /// <summary><c>file:</c> or this machine.</summary>
    public static bool IsLocalUrl(Word url)
    {
        var text = url.Prefix.AsSpan();
        if (text.StartsWith("file:", StringComparison.OrdinalIgnoreCase)) return true;
        var scheme = text.IndexOf("://");
        if (scheme >= 0) text = text[(scheme + 3)..];
        var end = text.IndexOfAny('/', '?', '#');
        if (end >= 0) text = text[..end];
        if (text.Contains('@')) text = text[(text.LastIndexOf('@') + 1)..];
        if (text.StartsWith("[::1]")) return true;
        var colon = text.IndexOf(':');
        if (colon >= 0) text = text[..colon];
        return text is "localhost" or "127.0.0.1" or "0.0.0.0" or "host.docker.internal" || text.StartsWith("127.");
    }
}
