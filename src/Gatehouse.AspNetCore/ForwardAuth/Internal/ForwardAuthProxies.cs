using Gatehouse.AspNetCore.Proxies;
using Gatehouse.AspNetCore.Proxies.Internal;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.ForwardAuth.Internal;

/// <summary>The proxies that may ask on behalf of a client: those of the section, and those before the whole app.</summary>
internal sealed class ForwardAuthProxies(IOptions<ForwardAuthOptions> options, IOptions<ProxyOptions> app)
{
    public TrustedProxies Trusted { get; } = new(options.Value.Proxies.Concat(app.Value.TrustedProxies));
}
