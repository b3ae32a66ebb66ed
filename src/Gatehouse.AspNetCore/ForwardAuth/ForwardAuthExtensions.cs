using Gatehouse.AspNetCore;
using Gatehouse.AspNetCore.ForwardAuth;
using Gatehouse.AspNetCore.ForwardAuth.Internal;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gatehouse's decisions for a proxy that asks.</summary>
public static class ForwardAuthExtensions
{
    /// <summary>Adds the rules that proxies ask for by name.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes what the section <c>Gatehouse:ForwardAuth</c> says.</param>
    public static GatehouseBuilder AddForwardAuth(this GatehouseBuilder builder, Action<ForwardAuthOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.Services.AddOptionsWithValidateOnStart<ForwardAuthOptions, ForwardAuthOptionsValidator>()
            .BindConfiguration($"{GatehouseDefaults.Section}:ForwardAuth");
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.Services.AddSessionReading();
        builder.Services.TryAddSingleton<ForwardAuthProxies>();
        builder.Services.TryAddSingleton<ForwardAuthRules>();
        builder.Services.TryAddSingleton<SignInRedirect>();
        builder.Services.TryAddSingleton<ForwardAuthJudge>();
        builder.Services.TryAddSingleton<ForwardAuthEndpoint>();
        return builder;
    }
}
