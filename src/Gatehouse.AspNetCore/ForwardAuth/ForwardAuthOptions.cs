namespace Gatehouse.AspNetCore.ForwardAuth;

/// <summary>
/// Decisions for proxies: nginx, Traefik, Envoy or Caddy ask about each request before they let it through. Bound from the section
/// <c>Gatehouse:ForwardAuth</c>.
/// </summary>
public sealed class ForwardAuthOptions
{
    /// <summary>The rules by the names that proxies ask for, as the last part of the address. Letters, digits, <c>-</c> and <c>_</c>.</summary>
    public IDictionary<string, ForwardAuthRule> Rules { get; } = new Dictionary<string, ForwardAuthRule>(StringComparer.Ordinal);

    /// <summary>
    /// The addresses of the proxies, or their networks (<c>10.0.0.0/8</c>). Only what they say of a request (<c>X-Forwarded-…</c>) is
    /// believed. Beside them go those of <see cref="Gatehouse.AspNetCore.Proxies.ProxyOptions.TrustedProxies"/>.
    /// </summary>
    /// <value>
    /// Default none: tokens in headers are decided on, and nobody's browser is sent anywhere; a session in a cookie counts for reading and
    /// changing alike only where the browser says that the site's own page asked.
    /// </value>
    public IList<string> Proxies { get; } = [];
}
