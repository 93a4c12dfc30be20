using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Septim.Hooks.EndToEnd.Support;

/// <summary>One HTTP/1.1 request on a loopback connection and its answer; the connection closes after it.</summary>
internal sealed class HttpExchange : IDisposable
{
    private readonly TcpClient _connection;
    private readonly NetworkStream _stream;

    private HttpExchange(TcpClient connection, NetworkStream stream, string method, string path, byte[] body)
    {
        _connection = connection;
        _stream = stream;
        Method = method;
        Path = path;
        Body = body;
    }

    public string Method { get; }

    public string Path { get; }

    public byte[] Body { get; }

    /// <returns>Null when the other side opened a connection and said nothing.</returns>
    public static async Task<HttpExchange?> Receive(TcpClient connection)
    {
        var stream = connection.GetStream();
        if (await Line(stream) is not { Length: > 0 } requestLine) return null;
        var parts = requestLine.Split(' ');
        var length = 0;
        var chunked = false;
        while (await Line(stream) is { Length: > 0 } header)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            var value = header[(colon + 1)..].Trim();
            if (header.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase)) length = int.Parse(value, CultureInfo.InvariantCulture);
            if (header.StartsWith("transfer-encoding:", StringComparison.OrdinalIgnoreCase)) chunked = value.Contains("chunked", StringComparison.OrdinalIgnoreCase);
            if (header.StartsWith("expect:", StringComparison.OrdinalIgnoreCase)) await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray());
        }

        var body = chunked ? await Chunks(stream) : await Exactly(stream, length);
        return new HttpExchange(connection, stream, parts[0], parts[1], body);
    }

    public Task Answer(int status, JsonNode json)
    {
        var body = Encoding.UTF8.GetBytes(json.ToJsonString());
        return Send($"HTTP/1.1 {status} Scripted\r\ncontent-type: application/json\r\ncontent-length: {body.Length}\r\nconnection: close\r\n\r\n", body);
    }

    public Task StartEvents() =>
        Send("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-cache\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n", []);

    public Task Event(string type, JsonObject data)
    {
        data.Insert(0, "type", type);
        var text = Encoding.UTF8.GetBytes($"event: {type}\ndata: {data.ToJsonString()}\n\n");
        return Send($"{text.Length:x}\r\n", [.. text, (byte)'\r', (byte)'\n']);
    }

    public Task EndEvents() => Send("0\r\n\r\n", []);

    /// <summary>Breaks the connection with a reset, as a failing network does.</summary>
    public void Cut()
    {
        _connection.LingerState = new LingerOption(enable: true, seconds: 0);
        _connection.Close();
    }

    public void Dispose() => _connection.Dispose();

    private async Task Send(string head, byte[] body) => await _stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body]);

    private static async Task<string> Line(NetworkStream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1 && one[0] != '\n') if (one[0] != '\r') line.Append((char)one[0]);
        return line.ToString();
    }

    private static async Task<byte[]> Chunks(NetworkStream stream)
    {
        using var all = new MemoryStream();
        while (int.Parse(await Line(stream), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
        {
            all.Write(await Exactly(stream, size));
            await Line(stream);
        }

        return all.ToArray();
    }

    private static async Task<byte[]> Exactly(NetworkStream stream, int length)
    {
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }
}
