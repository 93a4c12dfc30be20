using System.Text;

namespace Septim.Hooks.Delivery.Sinks;

/// <summary>Stands between the OpenTelemetry sink and the wire, and keeps what the collector answered: status, Retry-After, partial success.</summary>
internal sealed class OtlpAnswer(HttpMessageHandler inner, TimeSpan timeout, TimeProvider time) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _inner = new(inner, disposeHandler: false);

    private readonly ManualResetEventSlim _done = new();
    private bool _asked;

    public bool Received { get; private set; }
    public DeliveryFailure? Failure { get; private set; }

    /// <summary>Records that the collector says it did not take. Its protocol forbids to send them again.</summary>
    public long Rejected { get; private set; }
    public string Message { get; private set; } = "";

    /// <summary>Until the one request is answered or has failed; longer than its own limit never.</summary>
    public void Wait() => _done.Wait(timeout + TimeSpan.FromSeconds(5));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Why: closing the package's sink sends a failed batch once more; whether to try again is the drain's to say.
        if (_asked) throw new HttpRequestException("this batch was sent already");
        _asked = true;
        try
        {
            // Why here: the package waits for the answer without a token of ours.
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(timeout);
            var response = await _inner.SendAsync(request, limit.Token).ConfigureAwait(false);
            var grpc = request.Content?.Headers.ContentType?.MediaType?.StartsWith("application/grpc", StringComparison.Ordinal) == true;
            if (grpc)
            {
                Received = response.IsSuccessStatusCode;
                return response;
            }
            var body = await response.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false);
            Failure = HttpReply.Judge(response.StatusCode, response.Headers.RetryAfter, response.IsSuccessStatusCode ? "" : Encoding.UTF8.GetString(body), time.GetUtcNow());
            Received = true;
            if (Failure is null) ReadPartialSuccess(body);
            return response;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            Failure = HttpReply.Judge(e);
            throw;
        }
        finally
        {
            _done.Set();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            _done.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>ExportLogsServiceResponse { partial_success = 1 { rejected_log_records = 1, error_message = 2 } }.</summary>
    private void ReadPartialSuccess(byte[] body)
    {
        try
        {
            var outer = new Google.Protobuf.CodedInputStream(body);
            while (outer.ReadTag() is var tag and not 0)
            {
                if (tag != (1 << 3 | 2))
                {
                    outer.SkipLastField();
                    continue;
                }
                var partial = outer.ReadBytes().CreateCodedInput();
                while (partial.ReadTag() is var inner and not 0)
                {
                    if (inner == 1 << 3) Rejected = partial.ReadInt64();
                    else if (inner == (2 << 3 | 2)) Message = partial.ReadString();
                    else partial.SkipLastField();
                }
            }
        }
        catch (Google.Protobuf.InvalidProtocolBufferException)
        {
            // Why nothing: the status said that it was taken, and some collectors answer in JSON or with an empty body.
        }
    }
}
