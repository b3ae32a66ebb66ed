using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Authentication.Internal;
using Gatehouse.AspNetCore.Authorization;
using Gatehouse.AspNetCore.Authorization.Internal;
using Gatehouse.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Start.Internal;

/// <summary>
/// Looks at what endpoints and entrances demand by name: a limit, an entrance or an issuer that nobody has added stops the start, and a
/// permission that nobody can have is told of.
/// </summary>
internal sealed partial class DemandedNames(
    IOptions<RateLimitOptions> limits,
    Entrances entrances,
    KnownIssuers issuers,
    IOptionsMonitor<EntranceOptions> options,
    GrantedPermissions granted,
    ILogger<DemandedNames> logger)
{
    // Of endpoints that come with Gatehouse: not mistyped, and whoever has no use for them grants them to nobody.
    private const string OwnPermissions = "gatehouse:";

    /// <exception cref="InvalidOperationException">Names every fault.</exception>
    public void Check(EndpointDataSource source)
    {
        // Endpoints are made when they are first looked at, and their gates do not stand on issuers that cannot be told apart.
        Refuse(FaultsOfIssuers());
        var endpoints = source.Endpoints;
        Refuse(entrances.Names.SelectMany(FaultsOf).Concat(endpoints.SelectMany(FaultsOf)));
        foreach (var (endpoint, permission) in endpoints.SelectMany(PermissionsOf).Where(demand => !IsGranted(demand.Permission)).Distinct())
        {
            Log.PermissionGrantedToNobody(logger, endpoint, permission);
        }
    }

    private static void Refuse(IEnumerable<string> faults)
    {
        if (string.Join("; ", faults.Distinct(StringComparer.Ordinal)) is { Length: > 0 } message)
        {
            throw new InvalidOperationException(message);
        }
    }

    private bool IsGranted(string permission) =>
        granted.Contains(permission) || permission.StartsWith(OwnPermissions, StringComparison.Ordinal);

    private IEnumerable<string> FaultsOfIssuers() =>
        from same in issuers.All.GroupBy(issuer => issuer.Name, StringComparer.Ordinal)
        where same.Count() > 1
        select $"the issuer {same.Key} is configured {same.Count()} times: give each instance its own publishable key";

    private IEnumerable<string> FaultsOf(string entrance) =>
        from name in options.Get(entrance).Issuers
        where !issuers.Has(name)
        select $"the entrance '{entrance}' takes the tokens of '{name}', which nobody has added (AddClerk, AddOpenIdConnectIssuer); "
            + $"the issuers are {string.Join(", ", issuers.Names)}";

    private IEnumerable<string> FaultsOf(Endpoint endpoint)
    {
        foreach (var demand in endpoint.Metadata.OfType<RateLimitMetadata>())
        {
            if (!limits.Value.Policies.TryGetValue(demand.PolicyName, out var limit))
            {
                yield return $"{endpoint.DisplayName} demands the limit '{demand.PolicyName}', which nobody has added (AddRateLimit)";
            }
            else if (demand.Cost > limit.Policy.Limit)
            {
                yield return $"{endpoint.DisplayName} costs {demand.Cost} of the limit '{demand.PolicyName}', which admits {limit.Policy.Limit}: nobody could call it";
            }
        }

        if (endpoint.Metadata.GetMetadata<EntranceMetadata>() is { } entrance && !entrances.Has(entrance.Name))
        {
            yield return $"{endpoint.DisplayName} demands the entrance '{entrance.Name}', which nobody has added (AddEntrance)";
        }
    }

    private static IEnumerable<(string? Endpoint, string Permission)> PermissionsOf(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            ? []
            : endpoint.Metadata.OfType<PermissionMetadata>().Select(demand => demand.Permission)
                .Concat(endpoint.Metadata.OfType<RequirePermissionAttribute>().Select(demand => demand.Permission))
                .OfType<string>()
                .Select(permission => (endpoint.DisplayName, permission));

    private static partial class Log
    {
        [LoggerMessage(EventIds.PermissionGrantedToNobody, LogLevel.Warning,
            "{Endpoint} demands the permission {Permission}, which no role and no scope grants: everybody will be refused there")]
        public static partial void PermissionGrantedToNobody(ILogger logger, string? endpoint, string permission);
    }
}
