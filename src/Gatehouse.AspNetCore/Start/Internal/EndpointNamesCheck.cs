using Gatehouse.AspNetCore.Authentication.Internal;
using Gatehouse.AspNetCore.Authorization;
using Gatehouse.AspNetCore.Authorization.Internal;
using Gatehouse.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Start.Internal;

/// <summary>
/// Looks at what endpoints demand by name: one that names a limit or an entrance that nobody has added stops the start, and one whose
/// permission nobody can have is told of.
/// </summary>
internal sealed partial class EndpointNamesCheck(
    IOptions<RateLimitOptions> limits, Entrances entrances, GrantedPermissions granted, ILogger<EndpointNamesCheck> logger)
{
    // Of endpoints that come with Gatehouse: not mistyped, and whoever has no use for them grants them to nobody.
    private const string OwnPermissions = "gatehouse:";

    /// <exception cref="InvalidOperationException">Names every fault.</exception>
    public void Check(IReadOnlyList<Endpoint> endpoints)
    {
        var faults = endpoints.SelectMany(FaultsOf).Distinct(StringComparer.Ordinal).ToArray();
        if (faults.Length > 0)
        {
            throw new InvalidOperationException(string.Join("; ", faults));
        }

        foreach (var (endpoint, permission) in endpoints.SelectMany(PermissionsOf).Where(demand => !IsGranted(demand.Permission)).Distinct())
        {
            Log.PermissionGrantedToNobody(logger, endpoint, permission);
        }
    }

    private bool IsGranted(string permission) =>
        granted.Contains(permission) || permission.StartsWith(OwnPermissions, StringComparison.Ordinal);

    private IEnumerable<string> FaultsOf(Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<RateLimitMetadata>() is { } limit && !limits.Value.Policies.ContainsKey(limit.PolicyName))
        {
            yield return $"{endpoint.DisplayName} demands the limit '{limit.PolicyName}', which nobody has added (AddRateLimit)";
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
