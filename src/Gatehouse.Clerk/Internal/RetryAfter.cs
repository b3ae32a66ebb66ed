namespace Gatehouse.Clerk.Internal;

/// <summary>Reads <c>Retry-After</c> in both of its forms (RFC 9110, section 10.2.3).</summary>
internal static class RetryAfter
{
    /// <returns>How long to wait from now, never negative; null if the answer does not say.</returns>
    public static TimeSpan? Of(HttpResponseMessage response, TimeProvider time)
    {
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
