using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Septim.Hooks.Tests.Support;

/// <summary>An HTTP server on loopback that answers as it is told, also wrongly, and keeps what it was sent.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly TcpListener _listener;
    private readonly X509Certificate2? _certificate;
    private readonly Func<ReceivedRequest, Answer> _answer;
    private readonly CancellationTokenSource _end = new();

    /// <param name="answer">What to answer to each request; null answers 200 to all.</param>
    /// <param name="certificate">Speaks TLS with it.</param>
    /// <param name="port">0 takes a free one.</param>
    public Receiver(Func<ReceivedRequest, Answer>? answer = null, X509Certificate2? certificate = null, int port = 0)
    {
        (_answer, _certificate) = (answer ?? (_ => Answer.Ok), certificate);
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{Port}/";

    public ConcurrentQueue<ReceivedRequest> Requests { get; } = new();

    public ReceivedRequest Single => Requests.Count == 1 ? Requests.First() : throw new InvalidOperationException($"{Requests.Count} requests came");

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = Task.Run(() => ServeAsync(connection));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                Stream stream = connection.GetStream();
                if (_certificate is not null)
                {
                    var secure = new SslStream(stream);
                    await secure.AuthenticateAsServerAsync(_certificate);
                    stream = secure;
                }
                while (await ReadAsync(stream) is { } request)
                {
                    var answer = _answer(request);
                    Requests.Enqueue(request);
                    if (answer.Hangs) await Task.Delay(Timeout.Infinite, _end.Token);
                    var body = Encoding.UTF8.GetBytes(answer.Body);
                    var head = $"HTTP/1.1 {answer.Status} X\r\nContent-Length: {body.Length + (answer.Cuts ? 100 : 0)}\r\n{(answer.Header is null ? "" : answer.Header + "\r\n")}\r\n";
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
                    await stream.WriteAsync(body);
                    await stream.FlushAsync();
                    if (answer.Cuts) return;
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The other side went away, or the test is over.
            }
        }
    }

    private static async Task<ReceivedRequest?> ReadAsync(Stream stream)
    {
        var lines = new List<string>();
        while (await LineAsync(stream) is { Length: > 0 } line) lines.Add(line);
        if (lines.Count == 0) return null;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1)) headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body);
        return new ReceivedRequest(lines[0].Split(' ')[1], headers, body);
    }

    private static async Task<string> LineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1 && one[0] != '\n') if (one[0] != '\r') line.Append((char)one[0]);
        return line.ToString();
    }
}

/// <summary>What came.</summary>
internal sealed record ReceivedRequest(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>What to answer.</summary>
internal sealed record Answer(int Status, string Body = "", string? Header = null, bool Hangs = false, bool Cuts = false)
{
    public static readonly Answer Ok = new(200, "{}");
}
