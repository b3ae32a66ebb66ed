using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>
/// Reads limits from <c>Gatehouse:Limits:&lt;name&gt;</c>, after the code has spoken. <c>address</c> is the limit that goes before all.
/// </summary>
internal sealed class ConfigureLimits(IConfiguration configuration) : IPostConfigureOptions<RateLimitOptions>
{
    private const string Section = $"{GatehouseDefaults.Section}:Limits";

    public void PostConfigure(string? name, RateLimitOptions options) => Read(configuration, options, []);

    /// <summary>Reads what can be read, and notes what cannot: for the validator, which tells all faults at once.</summary>
    public static void Read(IConfiguration configuration, RateLimitOptions options, ICollection<string> faults)
    {
        foreach (var child in configuration.GetSection(Section).GetChildren())
        {
            var section = new LimitSection(child, faults);
            if (child.Key == options.AddressPolicy.Name)
            {
                options.AddressPolicy = section.Read(new PrefixedLimit(options.AddressPolicy, default))?.Policy ?? options.AddressPolicy;
            }
            else if (section.Read(options.Policies.TryGetValue(child.Key, out var given) ? given : null) is { } limit)
            {
                options.Policies[child.Key] = limit;
            }

            if (section.ReadReportOnly() is { } reportOnly)
            {
                _ = reportOnly ? options.ReportOnly.Add(child.Key) : options.ReportOnly.Remove(child.Key);
            }
        }
    }
}
