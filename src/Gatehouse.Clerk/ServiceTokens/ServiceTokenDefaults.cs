namespace Gatehouse.Clerk.ServiceTokens;

/// <summary>Names and numbers of service tokens.</summary>
public static class ServiceTokenDefaults
{
    /// <summary>The message of <see cref="ServiceTokenException"/>.</summary>
    public const string FailureMessage = "Service token generation failed";

    /// <summary>The JWT template of a service user's tokens.</summary>
    public const string TemplateName = "hemera-api";

    /// <summary>How long machine tokens are asked to live, and the longest that any token is kept.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(15);

    /// <summary>The most of a token's life that is left unused, so that none expires on its way.</summary>
    public static TimeSpan MaximumBuffer { get; } = TimeSpan.FromMinutes(2);

    /// <summary>How long after a refused token was dropped the next one stays, refused or not.</summary>
    public static TimeSpan DropCooldown { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The most time that one minting may take, with all its calls and repetitions.</summary>
    public static TimeSpan MintTimeout { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Under which name the token for a service is kept: <c>hemera-service-token</c> for <c>hemera</c>.</summary>
    public static string CacheKey(string service) => $"{service}-service-token";
}
