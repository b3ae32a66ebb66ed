using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gatehouse.Clerk.OpaqueTokens.Internal;

/// <summary>Reads <c>Gatehouse:OpaqueTokens</c> of the container's configuration, if it has one.</summary>
internal sealed class ConfigureOpaqueTokenOptions(IServiceProvider services) : IConfigureOptions<OpaqueTokenOptions>
{
    public const string Section = "Gatehouse:OpaqueTokens";

    public void Configure(OpaqueTokenOptions options) => services.GetService<IConfiguration>()?.GetSection(Section).Bind(options);
}
