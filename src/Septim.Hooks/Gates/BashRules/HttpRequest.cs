using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>The request that curl, wget or httpie would send, as far as the command says it.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Url">As given; unknown parts as <c>$NAME</c>.</param>
internal sealed record HttpRequest(string Method, string Url)
{
    /// <summary>Without scheme, user and port; lower case; <c>localhost</c> for httpie's <c>:9200</c>.</summary>
    public string Host
    {
        get
        {
            var authority = Authority;
            var at = authority.LastIndexOf('@');
            if (at >= 0) authority = authority[(at + 1)..];
            var colon = authority.LastIndexOf(':');
            if (colon >= 0 && !authority.EndsWith(']')) authority = authority[..colon];
            return authority.Length == 0 ? "localhost" : authority.ToLowerInvariant();
        }
    }

    public string Port
    {
        get
        {
            var authority = Authority;
            var colon = authority.LastIndexOf(':');
            return colon < 0 || authority.EndsWith(']') ? "" : authority[(colon + 1)..];
        }
    }

    /// <summary>From the first slash behind the host on; <c>/</c> at least.</summary>
    public string Path
    {
        get
        {
            var rest = Rest;
            var slash = rest.IndexOf('/', StringComparison.Ordinal);
            return slash < 0 ? "/" : rest[slash..];
        }
    }

    public bool IsLocal => Host is "localhost" or "127.0.0.1" or "[::1]" or "0.0.0.0" or "host.docker.internal" || Host.EndsWith(".localhost", StringComparison.Ordinal);

    /// <summary>Elasticsearch and OpenSearch (9200), Meilisearch (7700), Typesense (8108), Solr (8983), Qdrant (6333), Weaviate, CouchDB (5984), Prometheus (9090).</summary>
    public bool IsSearchEngine =>
        Port is "9200" or "9201" or "9243" or "7700" or "8108" or "8983" or "6333" or "5984"
        || Host.Contains("elastic", StringComparison.Ordinal) || Host.Contains("opensearch", StringComparison.Ordinal) || Host.Contains("meilisearch", StringComparison.Ordinal)
        || Path.Contains("/_delete_by_query", StringComparison.Ordinal) || Path.Contains("/delete_series", StringComparison.Ordinal);

    private string Rest
    {
        get
        {
            var scheme = Url.IndexOf("://", StringComparison.Ordinal);
            return scheme < 0 ? Url : Url[(scheme + 3)..];
        }
    }

    private string Authority
    {
        get
        {
            var rest = Rest;
            var end = rest.AsSpan().IndexOfAny('/', '?', '#');
            return end < 0 ? rest : rest[..end];
        }
    }

    private static readonly OptionTable Curl = new(
        "A:b:c:C:d:D:e:E:F:h:H:K:m:o:P:Q:r:t:T:u:U:w:x:X:y:Y:z:",
        "request= url= data= data-raw= data-binary= data-urlencode= data-ascii= json= form= form-string= header= output= user= user-agent= cookie= cookie-jar= upload-file= referer= cert= key= cacert= capath= connect-timeout= max-time= retry= retry-delay= proxy= write-out= range= resolve= interface= config= oauth2-bearer= url-query= head get dump-header= limit-rate= connect-to= unix-socket= abstract-unix-socket= aws-sigv4= max-filesize= proto= tlsv1.2 noproxy= stderr= trace= trace-ascii= rate= parallel-max= mail-from= mail-rcpt=");

    private static readonly OptionTable Wget = new(
        "o:a:e:i:B:t:O:T:w:Q:P:U:l:A:R:D:I:X:",
        "method= post-data= post-file= body-data= body-file= header= output-document= user= password= output-file= directory-prefix= user-agent= tries= timeout= referer= load-cookies= save-cookies= ca-certificate= certificate= private-key=");

    /// <summary>The first request of the command, or null when it sends none that can be told.</summary>
    public static HttpRequest? Of(RuleCase at)
    {
        switch (at.Name)
        {
            case "curl": return OfCurl(OptionReader.Read(at.Arguments, Curl));
            case "wget":
                var wget = OptionReader.Read(at.Arguments, Wget);
                if (wget.Operands.Count == 0) return null;
                var method = wget.Value("--method")?.Text?.ToUpperInvariant()
                    ?? (wget.Has("--post-data", "--post-file") ? "POST" : "GET");
                return new HttpRequest(method, wget.Operands[0].Shown);
            case "http" or "https" or "httpie" or "xh" or "xhs": return OfHttpie(at);
            default: return null;
        }
    }

    private static HttpRequest? OfCurl(OptionReading given)
    {
        var url = given.Operands.Count > 0 ? given.Operands[0] : given.Value("--url");
        if (url is null) return null;
        var method = given.Value("-X", "--request")?.Text?.ToUpperInvariant();
        if (method is null)
        {
            var posts = given.Has("-d", "--data", "--data-raw") || given.Has("--data-binary", "--data-urlencode", "--json") || given.Has("-F", "--form", "--data-ascii");
            method = given.Has("-G", "--get") ? "GET" : given.Has("-T", "--upload-file") ? "PUT" : posts ? "POST" : "GET";
        }
        return new HttpRequest(method, url.Shown);
    }

    private static HttpRequest? OfHttpie(RuleCase at)
    {
        var path = CommandPath.Read(at.Arguments, "-a --auth -A --auth-type -o --output --session --timeout --verify --cert --proxy -s --style -p --print");
        if (path.Count == 0) return null;
        // Why: the method may be written in any case; a host of letters only would be no host.
        var isMethod = (path[0].Length > 2 && path[0].AsSpan().IndexOfAnyExceptInRange('A', 'Z') < 0) || (path.Count > 1 && path[0] is "delete" or "get" or "post" or "put" or "patch" or "head" or "options");
        if (isMethod && path.Count < 2) return null;
        return new HttpRequest(isMethod ? path[0].ToUpperInvariant() : "GET", path.Words[isMethod ? 1 : 0].Shown);
    }
}
