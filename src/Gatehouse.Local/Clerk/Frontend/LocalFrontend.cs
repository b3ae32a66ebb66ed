using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.Handshakes;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Frontend.Organizations;
using Gatehouse.Local.Clerk.Frontend.Pages;
using Gatehouse.Local.Clerk.Frontend.Profile;
using Gatehouse.Local.Clerk.Frontend.Sessions;
using Gatehouse.Local.Clerk.Frontend.Settings;
using Gatehouse.Local.Clerk.Frontend.SignIns;
using Gatehouse.Local.Clerk.Frontend.SignUps;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Local.Clerk.Frontend;

/// <summary>What browsers speak to: the Frontend API, a family a line, and the sign-in page.</summary>
internal static class LocalFrontend
{
    public static void Add(IServiceCollection services, LocalClerkSettings settings)
    {
        services.AddSingleton(new OriginPolicy(settings.AllowedOrigins));
        services.AddSingleton<FrontendEntrance>();
    }

    public static void Map(WebApplication app, ClerkWorld world)
    {
        var origins = app.Services.GetRequiredService<OriginPolicy>();
        var routes = new FrontendRoutes(app, app.Services.GetRequiredService<FrontendEntrance>());
        var delivery = new FactorDelivery(world, origins);
        new EnvironmentOperations(world).Map(routes);
        new ClientOperations(world, origins).Map(routes);
        new BrowserSessionOperations(world).Map(routes);
        new ReverificationOperations(world, delivery).Map(routes);
        new SignInOperations(world, delivery).Map(routes);
        new SecondFactorOperations(world, delivery).Map(routes);
        new SignUpOperations(world, origins).Map(routes);
        new EmailLinkOperations(world).Map(routes);
        new ProfileOperations(world).Map(routes);
        new ProfileEmailOperations(world, origins).Map(routes);
        new ProfilePhoneOperations(world).Map(routes);
        new ProfileTotpOperations(world).Map(routes);
        MapOrganizations(routes, world);
        new HandshakeOperation(world, origins).Map(routes);
        new TicketAcceptance(world, origins).Map(routes);
        routes.MapRest();
        new SignInPage(world, origins).Map(app);
        new SignOutPage(world, origins).Map(app);
        LinkPage.Map(app);
    }

    private static void MapOrganizations(FrontendRoutes routes, ClerkWorld world)
    {
        var access = new OrganizationAccess(world);
        new OwnOrganizationOperations(world).Map(routes);
        new BrowserOrganizationOperations(world, access).Map(routes);
        new BrowserMemberOperations(world, access).Map(routes);
        new BrowserInvitationOperations(world, access).Map(routes);
    }
}
