using System.Numerics;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Organizations;

namespace Gatehouse.Local.Clerk.Tokens;

/// <summary>
/// The claims <c>o</c> and <c>fea</c> of a token with an active organization. Permissions are told as one bit mask a feature over one list
/// of permission names; system permissions are left out, as Clerk does.
/// </summary>
internal static class OrganizationClaims
{
    private const string SystemPrefix = "org:sys_";

    public static void AddTo(ClaimSet claims, Organization organization, OrganizationRole role)
    {
        var o = new JsonObject { ["id"] = organization.Id, ["rol"] = role.ShortKey, ["slg"] = organization.Slug };
        var granted = role.Permissions
            .Where(permission => !permission.StartsWith(SystemPrefix, StringComparison.Ordinal))
            .Select(permission => permission.Split(':'))
            .Where(parts => parts.Length == 3)
            .Select(parts => (Feature: parts[1], Name: parts[2]))
            .ToList();
        if (granted.Count > 0)
        {
            var features = granted.Select(permission => permission.Feature).Distinct(StringComparer.Ordinal).ToList();
            var names = granted.Select(permission => permission.Name).Distinct(StringComparer.Ordinal).ToList();
            claims["fea"] = string.Join(',', features.Select(feature => $"o:{feature}"));
            o["per"] = string.Join(',', names);
            o["fpm"] = string.Join(',', features.Select(feature => Mask(granted, feature, names)));
        }

        claims["o"] = o;
    }

    private static BigInteger Mask(List<(string Feature, string Name)> granted, string feature, List<string> names) => granted
        .Where(permission => permission.Feature == feature)
        .Aggregate(BigInteger.Zero, (mask, permission) => mask | (BigInteger.One << names.IndexOf(permission.Name)));
}
