using Gatehouse.Local.Clerk.Control;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Faults;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Instance;
using Gatehouse.Local.Clerk.JwtTemplates;
using Gatehouse.Local.Clerk.Limits;
using Gatehouse.Local.Clerk.M2M;
using Gatehouse.Local.Clerk.Machines;
using Gatehouse.Local.Clerk.Operations;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Pages;
using Gatehouse.Local.Clerk.Sessions;
using Gatehouse.Local.Clerk.Tokens;
using Gatehouse.Local.Clerk.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Local.Clerk;

/// <summary>Every operation that the local Clerk answers, a family a line.</summary>
internal static class LocalClerkRoutes
{
    public static void Map(WebApplication app)
    {
        var world = app.Services.GetRequiredService<ClerkWorld>();
        MapBackend(new ClerkRoutes(app, app.Services.GetRequiredService<ClerkEntrance>()), world);
        MapControl(app, world);
        FrontPage.Map(app);
    }

    private static void MapBackend(ClerkRoutes routes, ClerkWorld world)
    {
        new UserReads(world).Map(routes);
        new UserWrites(world).Map(routes);
        new UserMetadataWrites(world).Map(routes);
        new UserStanding(world).Map(routes);
        new OrganizationReads(world).Map(routes);
        new MembershipReads(world).Map(routes);
        new SessionOperations(world).Map(routes);
        new SessionTokenOperations(world).Map(routes);
        new JwtTemplateOperations(world).Map(routes);
        new KeySetOperations(world).Map(routes);
        new MachineOperations(world).Map(routes);
        new MachineSecretOperations(world).Map(routes);
        new MachineScopeOperations(world).Map(routes);
        new M2MTokenOperations(world).Map(routes);
        new M2MTokenVerification(world).Map(routes);
        InstanceOperations.Map(routes);
        UnansweredOperations.Map(routes);
    }

    private static void MapControl(WebApplication app, ClerkWorld world)
    {
        var services = app.Services;
        var (settings, limiter) = (services.GetRequiredService<LocalClerkSettings>(), services.GetRequiredService<RequestLimiter>());
        var (faults, log) = (services.GetRequiredService<FaultPlan>(), services.GetRequiredService<RequestLog>());
        var routes = new ControlRoutes(app, world, services.GetRequiredService<AnswerWriter>());
        new StateControl(world, settings, limiter, faults, log).Map(routes);
        new FaultControl(settings, limiter, faults).Map(routes);
        new SessionClaimsControl(world).Map(routes);
        new ClockControl(world).Map(routes);
        new KeyControl(world).Map(routes);
        new RequestLogControl(log).Map(routes);
    }
}
