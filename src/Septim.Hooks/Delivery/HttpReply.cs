using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;

namespace Septim.Hooks.Delivery;

/// <summary>What a receiver's answer, or its absence, means for the batch. Source: delivery rules of docs/stop-log.md.</summary>
internal static class HttpReply
{
    private const int MaxReasonBytes = 300;

    /// <returns>Null when it was taken.</returns>
    public static DeliveryFailure? Judge(HttpStatusCode status, RetryConditionHeaderValue? retryAfter, string body, DateTimeOffset now)
    {
        var code = (int)status;
        if (code is >= 200 and < 300) return null;
        var kind = code switch
        {
            408 or 425 or 429 or >= 500 => FailureKind.Transient,
            400 or 413 or 422 => FailureKind.Rejected,
            _ => FailureKind.Refused,
        };
        return new DeliveryFailure(kind, $"the receiver answered {code}{Said(body)}", kind == FailureKind.Transient ? Wait(retryAfter, now) : null);
    }

    public static DeliveryFailure Judge(Exception e) => e switch
    {
        HttpRequestException { InnerException: AuthenticationException } or HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
            => new DeliveryFailure(FailureKind.Stuck, "the receiver's certificate is not trusted, or TLS failed; set caFile if it is your own authority", cause: e),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => new DeliveryFailure(FailureKind.Transient, "the receiver's name cannot be resolved", cause: e),
        OperationCanceledException => new DeliveryFailure(FailureKind.Transient, "the receiver did not answer in time", cause: e),
        _ => new DeliveryFailure(FailureKind.Transient, $"the connection failed ({(e as HttpRequestException)?.HttpRequestError.ToString() ?? e.GetType().Name})", cause: e),
    };

    public static string Said(string body)
    {
        var text = body.AsSpan(0, Math.Min(body.Length, MaxReasonBytes)).Trim().ToString().ReplaceLineEndings(" ");
        return text.Length == 0 ? "" : $": {text}";
    }

    private static TimeSpan? Wait(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        if (header?.Delta is { } delta) return delta;
        return header?.Date is { } date && date > now ? date - now : null;
    }
}
