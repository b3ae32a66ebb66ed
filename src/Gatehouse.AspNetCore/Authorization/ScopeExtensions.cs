using Gatehouse.AspNetCore;
using Gatehouse.AspNetCore.Authorization;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What API keys and OAuth tokens may do.</summary>
public static class ScopeExtensions
{
    /// <summary>Gives a scope its permissions, unless the configuration's section <c>Gatehouse:Scopes</c> says what it grants.</summary>
    public static GatehouseBuilder AddScope(this GatehouseBuilder builder, string scope, params IEnumerable<string> permissions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(scope);
        ArgumentNullException.ThrowIfNull(permissions);
        builder.Services.Configure<ScopeOptions>(options => options.Permissions.TryAdd(scope, [.. permissions]));
        return builder;
    }
}
