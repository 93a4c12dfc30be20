namespace Septim.Hooks.Delivery;

/// <summary>What a failed batch calls for.</summary>
internal enum FailureKind
{
    /// <summary>Try again: 408, 425, 429, 5xx, timeouts, broken connections, a full disk.</summary>
    Transient,

    /// <summary>Trying again will not help before a person acts, but the events are fine: a bad certificate, a missing secret.</summary>
    Stuck,

    /// <summary>Something in the batch is not wanted (400, 413, 422): halve it until the one is found.</summary>
    Rejected,

    /// <summary>The receiver will not have any of it: 401, 403, 404, a redirect.</summary>
    Refused,
}
