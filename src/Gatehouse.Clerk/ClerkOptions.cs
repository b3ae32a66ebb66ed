using Gatehouse.Clerk.Internal;

namespace Gatehouse.Clerk;

/// <summary>Which Clerk instance, and with which credentials. Filled from the <c>CLERK_…</c> variables by <c>AddClerk</c>.</summary>
/// <remarks>With <see cref="ApiUrl"/> and <see cref="ProxyUrl"/> set to the local Clerk's, the same program runs against it.</remarks>
public sealed class ClerkOptions
{
    /// <summary>The Backend API's address (<c>CLERK_API_URL</c>), with or without <c>/v1</c>.</summary>
    /// <value>Default <c>https://api.clerk.com</c>. HTTPS, or HTTP on loopback.</value>
    public string ApiUrl { get; set; } = ClerkDefaults.ApiUrl;

    /// <summary>The instance's secret key (<c>CLERK_SECRET_KEY</c>, <c>sk_…</c>); everything but machine tokens needs it.</summary>
    public string? SecretKey { get; set; }

    /// <summary>This machine's own secret key (<c>CLERK_MACHINE_SECRET_KEY</c>, <c>ak_…</c>), which mints its machine tokens.</summary>
    public string? MachineSecretKey { get; set; }

    /// <summary>The instance's publishable key (<c>CLERK_PUBLISHABLE_KEY</c>, else <c>NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY</c>).</summary>
    public string? PublishableKey { get; set; }

    /// <summary>Where the Frontend API is reached instead of at its own host (<c>CLERK_PROXY_URL</c>).</summary>
    /// <value>Null unless a proxy or the local Clerk is used. HTTPS, or HTTP on loopback.</value>
    public string? ProxyUrl { get; set; }

    /// <summary>The instance's public key as PEM (<c>CLERK_JWT_KEY</c>); with it, tokens are verified without any download.</summary>
    public string? JwtKey { get; set; }

    /// <summary>The service user whose sessions give service tokens (<c>CLERK_SERVICE_USER_ID</c>); development instances only.</summary>
    public string? ServiceUserId { get; set; }

    /// <summary>How often a call that is safe to repeat is tried in all.</summary>
    /// <value>Default 3; 1 (never repeated) to 10.</value>
    public int MaximumAttempts { get; set; } = 3;

    /// <summary>The pause before the first repetition where Clerk names none; it doubles from one to the next, with jitter.</summary>
    /// <value>Default 500 milliseconds; 1 millisecond to 30 seconds.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest <c>Retry-After</c> that is waited out. A longer one fails the call at once, and the error names it.</summary>
    /// <value>Default 15 seconds; 0 to 5 minutes.</value>
    public TimeSpan MaximumRetryAfter { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The most time that one attempt may take, body included.</summary>
    /// <value>Default 10 seconds; 100 milliseconds to 2 minutes.</value>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    internal bool HasProductionSecret =>
        SecretKey is { } key && (key.StartsWith("sk_live_", StringComparison.Ordinal) || key.StartsWith("live_", StringComparison.Ordinal));

    /// <summary>The API's root, without <c>/v1</c>. Only after validation.</summary>
    internal Uri ApiRoot
    {
        get
        {
            var url = ApiUrl.TrimEnd('/');
            return new Uri(url.EndsWith("/v1", StringComparison.Ordinal) ? url[..^3] : url, UriKind.Absolute);
        }
    }

    /// <summary>Where the instance's JWKS document is: the Backend API with a secret key, else the proxy, else the Frontend API.</summary>
    /// <returns>Null if nothing is configured that would tell.</returns>
    internal Uri? KeySetAddress()
    {
        if (SecretKey is not null)
        {
            return Addresses.Append(ApiRoot, "v1/jwks");
        }

        if (ProxyUrl is not null)
        {
            return Addresses.Append(new Uri(ProxyUrl, UriKind.Absolute), ClerkDefaults.KeySetPath);
        }

        return Clerk.PublishableKey.TryParse(PublishableKey, out var key)
            ? Addresses.Append(new Uri(key.Issuer, UriKind.Absolute), ClerkDefaults.KeySetPath)
            : null;
    }
}
