using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Proxies.Internal;

internal sealed class ProxyOptionsValidator : IValidateOptions<ProxyOptions>
{
    public ValidateOptionsResult Validate(string? name, ProxyOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        foreach (var proxy in options.TrustedProxies.Where(proxy => TrustedProxies.Parse(proxy) is null))
        {
            result.AddError($"'{proxy}' is neither an address nor a network such as 10.0.0.0/8", nameof(options.TrustedProxies));
        }

        return result.Build();
    }
}
