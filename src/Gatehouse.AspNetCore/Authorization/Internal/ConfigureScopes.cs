using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Authorization.Internal;

/// <summary>
/// Reads <c>Gatehouse:Scopes:&lt;scope&gt;</c>. By hand, because a scope's name may hold the colons that the configuration takes for steps
/// of a path: whatever stands before the list's number is the name.
/// </summary>
internal sealed class ConfigureScopes(IConfiguration configuration) : IConfigureOptions<ScopeOptions>
{
    public void Configure(ScopeOptions options)
    {
        foreach (var (path, permission) in configuration.GetSection($"{GatehouseDefaults.Section}:Scopes").AsEnumerable(makePathsRelative: true))
        {
            var number = path.LastIndexOf(':');
            if (permission is null || number < 0 || !int.TryParse(path.AsSpan(number + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                continue;
            }

            var scope = path[..number];
            if (!options.Permissions.TryGetValue(scope, out var permissions))
            {
                options.Permissions.Add(scope, permissions = []);
            }

            permissions.Add(permission);
        }
    }
}
