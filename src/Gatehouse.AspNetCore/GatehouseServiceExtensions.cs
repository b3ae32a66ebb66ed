using Gatehouse.Access;
using Gatehouse.AspNetCore;
using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Authentication.Internal;
using Gatehouse.AspNetCore.Authorization;
using Gatehouse.AspNetCore.Authorization.Internal;
using Gatehouse.AspNetCore.BrowserSessions.Internal;
using Gatehouse.AspNetCore.Forwarding.Internal;
using Gatehouse.AspNetCore.Operators;
using Gatehouse.AspNetCore.Operators.Internal;
using Gatehouse.AspNetCore.Reporting.Internal;
using Gatehouse.AspNetCore.Start.Internal;
using Gatehouse.Clerk;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gatehouse in an ASP.NET Core app.</summary>
public static class GatehouseServiceExtensions
{
    /// <summary>
    /// Authentication by Clerk's tokens, permissions, limits and problem details. Reads the <c>CLERK_…</c> variables and the section
    /// <c>Gatehouse</c> of the configuration; a wrong setting stops the start with one message that names every fault.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">What the app's main entrance demands, beside what the configuration says.</param>
    public static GatehouseBuilder AddGatehouse(this IServiceCollection services, Action<EntranceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddClerk();
        services.AddProblems();
        services.AddLimits();
        services.AddRevocations();
        services.AddForwarding();
        services.AddMetrics().TryAddSingleton<ReportOnly>();
        AddAccess(services);
        AddVerifier(services);
        AddEntrance(services, GatehouseDefaults.Scheme, configure);
        AddOperators(services);
        services.AddAuthenticationCore(options => options.DefaultScheme = GatehouseDefaults.Scheme);
        services.AddPublishedKeysGuard();
        return new GatehouseBuilder(services);
    }

    /// <summary>Adds a further entrance, for endpoints that say <c>RequireEntrance(name)</c>: other classes, parties or audiences.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The entrance's name, which is the authentication scheme's.</param>
    /// <param name="configure">
    /// What it demands, beside the sections <c>Gatehouse</c> and <c>Gatehouse:Entrances:&lt;name&gt;</c>. Nothing is taken over from the
    /// main entrance's code.
    /// </param>
    public static GatehouseBuilder AddEntrance(this GatehouseBuilder builder, string name, Action<EntranceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        AddEntrance(builder.Services, name, configure);
        builder.Services.AddOptions<EntranceOptions>(name).BindConfiguration($"{GatehouseDefaults.Section}:Entrances:{name}");
        return builder;
    }

    private static void AddVerifier(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ClerkOptions>, IssuerValidator>());
        services.TryAddSingleton<KnownIssuers>();
        services.TryAddSingleton(provider => new TokenVerifier(
            provider.GetRequiredService<KnownIssuers>().All,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<RevocationList>()));
        services.AddMetrics().TryAddSingleton<EntranceMetrics>();
        services.TryAddSingleton<Entrances>();
        services.TryAddSingleton<Doorman>();
        services.TryAddSingleton<DemandedNames>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, CheckDemandedNames>());
    }

    private static void AddEntrance(IServiceCollection services, string scheme, Action<EntranceOptions>? configure)
    {
        // Not AddAuthentication(): it brings data protection along, which writes keys to the account's home at each start, for nothing.
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, GatehouseHandler>(scheme, configureOptions: null);
        services.AddSingleton(new EntranceName(scheme));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EntranceOptions>, EntranceOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EntranceOptions>, CookieEntranceValidator>());
        var options = services.AddOptions<EntranceOptions>(scheme).BindConfiguration(GatehouseDefaults.Section).ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }
    }

    private static void AddAccess(IServiceCollection services)
    {
        services.AddAuthorization();
        services.AddOptionsWithValidateOnStart<AccessOptions, AccessOptionsValidator>().BindConfiguration(GatehouseDefaults.Section);
        services.TryAddSingleton(provider => new RoleCatalog(
            provider.GetRequiredService<IOptions<AccessOptions>>().Value.Roles
                .Select(role => KeyValuePair.Create(role.Key, role.Value.AsEnumerable()))));
        services.TryAddSingleton<IUserRoleSource, ClerkUserRoleSource>();
        services.TryAddSingleton<UserRoles>();
        services.TryAddSingleton<InstanceRoles>();
        services.AddOptions<ScopeOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<ScopeOptions>, ConfigureScopes>());
        services.TryAddSingleton<GrantedPermissions>();
        services.TryAddSingleton<PermissionJudge>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, PermissionHandler>());
        services.Replace(ServiceDescriptor.Singleton<IAuthorizationMiddlewareResultHandler, AuthorizationAnswer>());
    }

    private static void AddOperators(IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<OperatorOptions, OperatorOptionsValidator>()
            .BindConfiguration($"{GatehouseDefaults.Section}:Operators");
        services.TryAddSingleton<OperatorJudge>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, OperatorHandler>());
    }
}
