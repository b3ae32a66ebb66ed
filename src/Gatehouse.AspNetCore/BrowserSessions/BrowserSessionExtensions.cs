using Gatehouse.AspNetCore;
using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.BrowserSessions;
using Gatehouse.AspNetCore.BrowserSessions.Internal;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sessions in cookies.</summary>
public static class BrowserSessionExtensions
{
    /// <summary>
    /// Lets people use this app's pages with their Clerk session: the main entrance takes cookies as well as headers, renews a session whose
    /// token has expired, asks Clerk who a browser is, and sends whoever is signed out to sign in. <c>UseGatehouse</c> maps what that
    /// needs below <c>/auth</c>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes what the section <c>Gatehouse:BrowserSessions</c> says.</param>
    /// <remarks>
    /// Needs <c>CLERK_SECRET_KEY</c>, with which sessions are renewed, and the origins of the app and of those that share its cookie domain as
    /// <see cref="EntranceOptions.AuthorizedParties"/>. Behind a proxy that ends TLS, add ASP.NET Core's forwarded headers middleware
    /// before <c>UseGatehouse</c>: the app must know its own address.
    /// </remarks>
    public static GatehouseBuilder AddBrowserSessions(this GatehouseBuilder builder, Action<BrowserSessionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.Configure<EntranceOptions>(GatehouseDefaults.Scheme, entrance => entrance.TakesCookies = true);
        var options = services.AddOptionsWithValidateOnStart<BrowserSessionOptions, BrowserSessionOptionsValidator>()
            .BindConfiguration($"{GatehouseDefaults.Section}:BrowserSessions");
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddSessionReading();
        services.TryAddSingleton<SessionEndpoints>();
        return builder;
    }

    internal static void AddSessionReading(this IServiceCollection services)
    {
        services.TryAddSingleton<ClerkAddresses>();
        services.TryAddSingleton(provider => new CookieNames(provider.GetRequiredService<ClerkAddresses>().Key.CookieSuffix));
        services.TryAddSingleton<CookieWriter>();
        services.TryAddSingleton<RedirectGuard>();
        services.TryAddSingleton<HandshakeReader>();
        services.TryAddSingleton<SessionRenewal>();
        services.TryAddSingleton<SessionReader>();
        services.TryAddSingleton<BrowserEdge>();
    }
}
