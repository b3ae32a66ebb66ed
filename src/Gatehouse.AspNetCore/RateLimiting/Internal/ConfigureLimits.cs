using System.Globalization;
using Gatehouse.Limits;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>Reads limits from <c>Gatehouse:Limits:&lt;name&gt;</c>: so many <c>Requests</c> in a <c>Window</c>.</summary>
internal sealed class ConfigureLimits(IConfiguration configuration) : IConfigureOptions<RateLimitOptions>
{
    private const string Section = $"{GatehouseDefaults.Section}:Limits";

    public void Configure(RateLimitOptions options)
    {
        foreach (var limit in configuration.GetSection(Section).GetChildren())
        {
            if (!int.TryParse(limit["Requests"], NumberStyles.None, CultureInfo.InvariantCulture, out var requests)
                || requests < 1
                || !TimeSpan.TryParse(limit["Window"], CultureInfo.InvariantCulture, out var window)
                || window < TimeSpan.FromSeconds(1))
            {
                throw new OptionsValidationException(
                    nameof(RateLimitOptions),
                    typeof(RateLimitOptions),
                    [$"{Section}:{limit.Key} needs Requests (1 or more) and Window (at least a second, as in 00:01:00)"]);
            }

            options.Policies[limit.Key] = new PrefixedLimit(LimitPolicy.SlidingWindow(limit.Key, requests, window), default);
        }
    }
}
