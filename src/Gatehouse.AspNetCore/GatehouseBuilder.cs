using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.AspNetCore;

/// <summary>What <c>AddGatehouse</c> returns, so that each further feature is one more line.</summary>
public sealed class GatehouseBuilder
{
    internal GatehouseBuilder(IServiceCollection services) => Services = services;

    /// <summary>The app's services.</summary>
    public IServiceCollection Services { get; }
}
