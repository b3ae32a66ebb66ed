using Gatehouse.Clerk.Api;

namespace Gatehouse.Clerk.ServiceTokens;

/// <summary>How the token for one called service is had, and how that service's refusals are met. Named by the service.</summary>
public sealed class ServiceTokenOptions
{
    /// <summary>In whose name the service is called.</summary>
    /// <value>Default <see cref="ServiceTokenKind.Machine"/>.</value>
    public ServiceTokenKind Kind { get; set; }

    /// <summary>What a machine token looks like.</summary>
    /// <value>Default <see cref="M2MTokenFormat.Jwt"/>, whose verification costs the called service no call.</value>
    public M2MTokenFormat Format { get; set; }

    /// <summary>How long a machine token is asked to live.</summary>
    /// <value>Default 15 minutes; 30 seconds to 15 minutes, since none is kept longer. A template has a lifetime of its own.</value>
    public TimeSpan Lifetime { get; set; } = ServiceTokenDefaults.Lifetime;

    /// <summary>Opaque tokens only: a live token is shared with this service's other nodes if it lives at least this much longer.</summary>
    /// <value>
    /// Default a quarter of <see cref="Lifetime"/>; zero mints one for each node. It must exceed what is left unused of a token's life
    /// (2 minutes, or a fifth of a shorter life): otherwise the token that is about to end would be given again.
    /// </value>
    public TimeSpan? MinimumRemaining { get; set; }

    /// <summary>The service user's id.</summary>
    /// <value>Default <c>CLERK_SERVICE_USER_ID</c>.</value>
    public string? ServiceUserId { get; set; }

    /// <summary>An e-mail address that the service user must have at Clerk.</summary>
    /// <value>Default null: any. With it a user's id that was mistyped, or taken from another person, mints nothing.</value>
    public string? ServiceUserEmail { get; set; }

    /// <summary>The JWT template of a service user's tokens.</summary>
    /// <value>Default <c>hemera-api</c>.</value>
    public string TemplateName { get; set; } = ServiceTokenDefaults.TemplateName;

    /// <summary>The origin that a service user's tokens are made for (<c>azp</c>).</summary>
    /// <value>Default none, which receivers that list their authorized parties refuse: then name one of those.</value>
    public string? Origin { get; set; }

    /// <summary>How often a request that is answered 429 is sent in all.</summary>
    /// <value>Default 5; 1 (never repeated) to 20.</value>
    public int MaximumAttempts { get; set; } = 5;

    /// <summary>The pause after the first 429 that names no time; it doubles from one to the next, with jitter.</summary>
    /// <value>Default 500 milliseconds; 1 millisecond to 30 seconds.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The most time that one request waits, all pauses together. A pause that would exceed it is not begun.</summary>
    /// <value>Default 2 minutes, so that a window of one minute passes; 0 to 10 minutes. <c>HttpClient.Timeout</c> ends it sooner.</value>
    public TimeSpan MaximumWait { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The largest streamed request body that is kept for a repetition, in bytes. A larger one is sent once.</summary>
    /// <value>Default 1 MiB; 0 to 64 MiB.</value>
    public int MaximumBufferedBytes { get; set; } = 1024 * 1024;

    internal TimeSpan SharedRemaining => MinimumRemaining ?? (Lifetime / 4);
}
