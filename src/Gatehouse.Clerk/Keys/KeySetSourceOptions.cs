namespace Gatehouse.Clerk.Keys;

/// <summary>Where a key set is, and how it is kept.</summary>
public sealed class KeySetSourceOptions
{
    /// <summary>The address of the JWKS document: HTTPS, or HTTP on loopback.</summary>
    public required Uri Address { get; init; }

    /// <summary>Sent as bearer credential, for Clerk's Backend API; null for a public document. Never printed.</summary>
    public string? SecretKey { get; init; }

    /// <summary>How long a set is taken as fresh. Afterwards it serves on while one fetch renews it behind the callers.</summary>
    /// <value>Default 5 minutes; 1 second to 1 day. Longer delays the end of a withdrawn key; shorter costs fetches.</value>
    public TimeSpan CacheDuration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The least time between the end of one fetch and the start of the next, whatever is asked and however it ended.</summary>
    /// <value>
    /// Default 10 seconds; 1 second to 1 hour. It is also how late the first token of a new key may be recognised: longer delays a rotation
    /// and a recovery, shorter lets strangers with made-up key ids cause more fetches.
    /// </value>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most time that one fetch may take, body included.</summary>
    /// <value>Default 5 seconds; 100 milliseconds to 1 minute. Callers who need its result wait as long.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The largest document that is read, in bytes; a larger one counts as no answer.</summary>
    /// <value>Default 256 KiB; 1 KiB to 16 MiB.</value>
    public int MaximumBytes { get; init; } = 256 * 1024;
}
