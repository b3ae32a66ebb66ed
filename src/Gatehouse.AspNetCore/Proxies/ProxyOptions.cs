namespace Gatehouse.AspNetCore.Proxies;

/// <summary>Who stands before this app. Bound from the section <c>Gatehouse</c>.</summary>
public sealed class ProxyOptions
{
    /// <summary>
    /// The addresses of the proxies before this app, or their networks (<c>10.0.0.0/8</c>). Only a request that comes from one of them is
    /// believed to be made for the client in <c>X-Forwarded-For</c>, which is then whom limits by address count.
    /// </summary>
    /// <value>
    /// Default none: the client is whoever has the connection. Behind a proxy that is not named here all clients share one count; a name too
    /// many lets whoever has that address count as anybody.
    /// </value>
    public IList<string> TrustedProxies { get; } = [];
}
