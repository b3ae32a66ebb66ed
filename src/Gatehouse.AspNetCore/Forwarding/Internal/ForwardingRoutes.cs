using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>Builds the routes once at the start, so that one that cannot work stops it, and not the first request.</summary>
internal sealed class ForwardingRoutes(IServiceProvider services) : IHostedLifecycleService
{
    /// <summary>Whether any route forwards; without one there is nothing to look at.</summary>
    public bool Any { get; set; }

    // When the server has begun: before, the routes are not put together.
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (Any)
        {
            _ = services.GetRequiredService<EndpointDataSource>().Endpoints.Count;
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
