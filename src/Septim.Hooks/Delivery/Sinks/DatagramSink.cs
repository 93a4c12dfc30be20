using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Serilog.Core;
using Serilog.Events;

namespace Septim.Hooks.Delivery.Sinks;

/// <summary>
/// The machine's own log, over a unix datagram: syslog (<c>/dev/log</c>, RFC 3164 frame with the <c>@cee:</c> mark, so that rsyslog
/// parses the JSON) or journald with its native fields. Needs no server beyond the machine.
/// </summary>
internal sealed class DatagramSink(string socketPath, bool journald, TimeProvider time) : IBatchedLogEventSink
{
    // Facility user (1), severities notice (5), warning (4) and error (3). Source: RFC 5424, section 6.2.1.
    private const int FacilityUser = 8;

    public Task EmitBatchAsync(IReadOnlyCollection<LogEvent> batch)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(socketPath));
            foreach (var e in batch) Send(socket, LogEventMapping.Carry(e), Severity(e.Level), journald, batch.Count);
            return Task.CompletedTask;
        }
        catch (SocketException e)
        {
            throw new DeliveryFailure(FailureKind.Transient, $"{socketPath} does not take messages ({e.SocketErrorCode})", cause: e);
        }
    }

    private void Send(Socket socket, SpooledEvent e, int severity, bool native, int count)
    {
        try
        {
            socket.Send(native ? Native(e, severity) : Frame(e, severity));
        }
        catch (SocketException x) when (x.SocketErrorCode == SocketError.MessageSize)
        {
            throw new DeliveryFailure(count == 1 ? FailureKind.Refused : FailureKind.Rejected, $"{socketPath} does not take a message of {e.Json.Length} bytes", cause: x);
        }
    }

    private byte[] Frame(SpooledEvent e, int severity)
    {
        var at = time.GetLocalNow();
        var stamp = string.Create(CultureInfo.InvariantCulture, $"{at:MMM} {at.Day,2} {at:HH:mm:ss}");
        return Encoding.UTF8.GetBytes($"<{FacilityUser + severity}>{stamp} septim[{Environment.ProcessId}]: @cee:{Encoding.UTF8.GetString(e.Json.Span)}");
    }

    private static byte[] Native(SpooledEvent e, int severity)
    {
        var text = new StringBuilder();
        Field("MESSAGE", e.Text("reason") is { } reason ? $"{e.Event}: {reason}" : $"{e.Event} {e.Text("project")}");
        Field("PRIORITY", severity.ToString(CultureInfo.InvariantCulture));
        Field("SYSLOG_IDENTIFIER", "septim");
        Field("SEPTIM_EVENT", e.Event);
        Field("SEPTIM_EVENT_ID", e.Id);
        Field("SEPTIM_SESSION_ID", e.Text("session_id") ?? "");
        Field("SEPTIM_JSON", Encoding.UTF8.GetString(e.Json.Span));
        return Encoding.UTF8.GetBytes(text.ToString());

        // Why no line break: the plain form of a field ends there; the texts are JSON or messages and lose nothing that counts.
        void Field(string name, string value) => text.Append(name).Append('=').Append(value.ReplaceLineEndings(" ")).Append('\n');
    }

    private static int Severity(LogEventLevel level) => level switch
    {
        LogEventLevel.Error => 3,
        LogEventLevel.Warning => 4,
        _ => 5,
    };
}
