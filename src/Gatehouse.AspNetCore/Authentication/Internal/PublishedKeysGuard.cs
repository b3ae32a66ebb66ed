using Gatehouse.Clerk;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>
/// Keeps the published keys of the local services harmless: an app that is configured with any of them starts only in Development, and only
/// with listeners on loopback.
/// </summary>
internal sealed partial class PublishedKeysGuard(
    IOptionsMonitor<ClerkOptions> options,
    IEnumerable<ClerkInstance> instances,
    IHostEnvironment environment,
    IServer server,
    ILogger<PublishedKeysGuard> logger)
    : IHostedLifecycleService
{
    private bool UsesPublishedKeys =>
        instances.Select(instance => instance.Name).Prepend(Options.DefaultName).Select(options.Get)
            .SelectMany(clerk => new[] { clerk.PublishableKey, clerk.SecretKey, clerk.MachineSecretKey })
            .Any(key => key is not null && PublishedKeys.Contains(key));

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (UsesPublishedKeys && !environment.IsDevelopment())
        {
            throw new InvalidOperationException(
                $"The keys of the local Clerk are published: anybody can sign with them. The environment is {environment.EnvironmentName}; "
                + "set your own instance's CLERK_ variables, or ASPNETCORE_ENVIRONMENT=Development on your own machine.");
        }

        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!UsesPublishedKeys)
        {
            return Task.CompletedTask;
        }

        var open = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(address => !IsLoopback(address));
        if (open is not null)
        {
            throw new InvalidOperationException(
                $"The keys of the local Clerk are published: anybody can sign with them. {open} can be reached from other machines; "
                + "listen on loopback only, or set your own instance's CLERK_ variables.");
        }

        Log.PublishedKeysInUse(logger);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsLoopback(string address) =>
        address.StartsWith("http://unix:", StringComparison.Ordinal)
        || (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback);

    private static partial class Log
    {
        [LoggerMessage(EventIds.PublishedKeysInUse, LogLevel.Information, "Running against the local Clerk, whose keys are published: for development on this machine only")]
        public static partial void PublishedKeysInUse(ILogger logger);
    }
}
