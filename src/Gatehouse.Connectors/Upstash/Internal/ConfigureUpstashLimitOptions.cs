using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gatehouse.Connectors.Upstash.Internal;

/// <summary>Reads the options from the container's configuration, if it has one.</summary>
internal sealed class ConfigureUpstashLimitOptions(IServiceProvider services) : IConfigureOptions<UpstashLimitOptions>
{
    public void Configure(UpstashLimitOptions options)
    {
        if (services.GetService<IConfiguration>() is { } configuration)
        {
            configuration.GetSection(UpstashLimitDefaults.Section).Bind(options);
            options.Url = UpstashLimitDefaults.Url(configuration) ?? options.Url;
            options.Token = UpstashLimitDefaults.Token(configuration) ?? options.Token;
        }
    }
}
