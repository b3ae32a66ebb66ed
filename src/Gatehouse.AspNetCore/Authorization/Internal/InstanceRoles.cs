using System.Collections.Frozen;
using Gatehouse.AspNetCore.Authentication.Internal;
using Gatehouse.Clerk;
using Gatehouse.Clerk.Api;
using Gatehouse.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Authorization.Internal;

/// <summary>Asks the directory of the instance that a person's token is of, and no other: in another one the id may be somebody else's.</summary>
internal sealed class InstanceRoles : IDisposable
{
    private readonly string _main;
    private readonly UserRoles _ofMain;
    private readonly FrozenDictionary<string, UserRoles> _ofInstances;

    public InstanceRoles(KnownIssuers issuers, UserRoles ofMain, IServiceProvider services)
    {
        _main = issuers.Main.Name;
        _ofMain = ofMain;
        _ofInstances = issuers.Instances.ToFrozenDictionary(
            instance => instance.Issuer.Name, instance => Create(instance.Name, services), StringComparer.Ordinal);
    }

    /// <summary>The role that stands in the public metadata of a token's user; none for a user of an issuer that has no directory here.</summary>
    public ValueTask<RoleAnswer> FindAsync(TokenClaims token, CancellationToken cancellationToken)
    {
        if (token.Issuer == _main)
        {
            return _ofMain.FindAsync(token.Subject, cancellationToken);
        }

        return _ofInstances.TryGetValue(token.Issuer, out var roles)
            ? roles.FindAsync(token.Subject, cancellationToken)
            : ValueTask.FromResult(RoleAnswer.Of(null));
    }

    public void Dispose()
    {
        foreach (var roles in _ofInstances.Values)
        {
            roles.Dispose();
        }
    }

    private static UserRoles Create(string instance, IServiceProvider services) => new(
        new ClerkUserRoleSource(
            services.GetRequiredKeyedService<ClerkBackendClient>(instance),
            Options.Create(services.GetRequiredService<IOptionsMonitor<ClerkOptions>>().Get(instance))),
        services.GetRequiredService<IOptions<AccessOptions>>(),
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<ILogger<UserRoles>>());
}
