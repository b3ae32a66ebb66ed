namespace Gatehouse.Clerk.Keys;

/// <summary>Where the keys of an OpenID Connect issuer are, and how they are kept.</summary>
public sealed class OpenIdConnectIssuerOptions
{
    /// <summary>The address of the issuer's JWKS document: HTTPS, or HTTP on loopback.</summary>
    /// <value>
    /// Default null: it is read as <c>jwks_uri</c> from <c>{issuer}/.well-known/openid-configuration</c> (OpenID Connect Discovery 1.0,
    /// section 4), which must name the issuer to the letter, and once more each hour and after a key set could not be had.
    /// </value>
    public Uri? KeySetAddress { get; set; }

    /// <inheritdoc cref="KeySetSourceOptions.CacheDuration"/>
    /// <value>Default 5 minutes; 1 second to 1 day. Longer delays the end of a withdrawn key; shorter costs fetches.</value>
    public TimeSpan CacheDuration { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc cref="KeySetSourceOptions.Cooldown"/>
    /// <value>Default 10 seconds; 1 second to 1 hour.</value>
    public TimeSpan Cooldown { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The most time that reading one document may take, body included; discovery and keys are two documents.</summary>
    /// <value>Default 5 seconds; 100 milliseconds to 1 minute.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc cref="KeySetSourceOptions.MaximumBytes"/>
    /// <value>Default 256 KiB; 1 KiB to 16 MiB.</value>
    public int MaximumBytes { get; set; } = 256 * 1024;

    internal KeySetSourceOptions ForKeysAt(Uri address) => new()
    {
        Address = address,
        CacheDuration = CacheDuration,
        Cooldown = Cooldown,
        Timeout = Timeout,
        MaximumBytes = MaximumBytes,
    };
}
