using Gatehouse.Local.Clerk.ActorTokens;
using Gatehouse.Local.Clerk.ApiKeys;
using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Control;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.EmailAddresses;
using Gatehouse.Local.Clerk.Faults;
using Gatehouse.Local.Clerk.Frontend;
using Gatehouse.Local.Clerk.Frontend.Handshakes;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Images;
using Gatehouse.Local.Clerk.Instance;
using Gatehouse.Local.Clerk.Invitations;
using Gatehouse.Local.Clerk.JwtTemplates;
using Gatehouse.Local.Clerk.Limits;
using Gatehouse.Local.Clerk.M2M;
using Gatehouse.Local.Clerk.Machines;
using Gatehouse.Local.Clerk.OAuth;
using Gatehouse.Local.Clerk.Operations;
using Gatehouse.Local.Clerk.OrganizationInvitations;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Pages;
using Gatehouse.Local.Clerk.PhoneNumbers;
using Gatehouse.Local.Clerk.Roles;
using Gatehouse.Local.Clerk.Sessions;
using Gatehouse.Local.Clerk.SignInTokens;
using Gatehouse.Local.Clerk.TestingTokens;
using Gatehouse.Local.Clerk.Tokens;
using Gatehouse.Local.Clerk.Users;
using Gatehouse.Local.Clerk.Verifications;
using Gatehouse.Local.Clerk.Webhooks;
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
        LocalFrontend.Map(app, world);
        FrontPage.Map(app);
        new ImageRoute(world, app.Services.GetRequiredService<AnswerWriter>()).Map(app);
    }

    private static void MapBackend(ClerkRoutes routes, ClerkWorld world)
    {
        new UserReads(world).Map(routes);
        new UserWrites(world).Map(routes);
        new UserMetadataWrites(world).Map(routes);
        new UserStanding(world).Map(routes);
        new UserCredentials(world).Map(routes);
        new ProfileImageOperations(world).Map(routes);
        new ExternalAccountOperations(world).Map(routes);
        new Web3WalletOperations(world).Map(routes);
        new EmailAddressOperations(world).Map(routes);
        new PhoneNumberOperations(world).Map(routes);
        new CodeVerificationOperations(world).Map(routes);
        MapOrganizations(new OrganizationRoutes(routes, world), world);
        new RoleOperations(world).Map(routes);
        new RolePermissionOperations(world).Map(routes);
        new PermissionOperations(world).Map(routes);
        new InvitationOperations(world).Map(routes);
        new SessionOperations(world).Map(routes);
        new SessionTokenOperations(world).Map(routes);
        new SessionRefresh(world).Map(routes);
        new JwtTemplateOperations(world).Map(routes);
        new KeySetOperations(world).Map(routes);
        new MachineOperations(world).Map(routes);
        new MachineSecretOperations(world).Map(routes);
        new MachineScopeOperations(world).Map(routes);
        new M2MTokenOperations(world).Map(routes);
        new M2MTokenVerification(world).Map(routes);
        new ApiKeyOperations(world).Map(routes);
        new ApiKeyVerification(world).Map(routes);
        new OAuthApplicationOperations(world).Map(routes);
        new OAuthAccessTokenVerification(world).Map(routes);
        new SignInTokenOperations(world).Map(routes);
        new ActorTokenOperations(world).Map(routes);
        new TestingTokenOperations(world).Map(routes);
        new InstanceOperations(world).Map(routes);
        new OrganizationSettingsOperations(world).Map(routes);
        new SwitchOperations(world).Map(routes);
        new HandshakePayloadOperation(world).Map(routes);
        new ClientReads(world).Map(routes);
        UnansweredOperations.Map(routes);
    }

    private static void MapOrganizations(OrganizationRoutes routes, ClerkWorld world)
    {
        new OrganizationReads(world).Map(routes);
        new OrganizationWrites(world).Map(routes);
        new MembershipReads(world).Map(routes);
        new MembershipWrites(world).Map(routes);
        new OrganizationInvitationReads(world).Map(routes);
        new OrganizationInvitationWrites(world).Map(routes);
    }

    private static void MapControl(WebApplication app, ClerkWorld world)
    {
        var services = app.Services;
        var (settings, limiter) = (services.GetRequiredService<LocalClerkSettings>(), services.GetRequiredService<RequestLimiter>());
        var (faults, log) = (services.GetRequiredService<FaultPlan>(), services.GetRequiredService<RequestLog>());
        var (sender, instance) = (services.GetRequiredService<WebhookSender>(), services.GetRequiredService<InstanceState>());
        instance.Begin();
        var routes = new ControlRoutes(app, world, services.GetRequiredService<AnswerWriter>());
        var state = new StateControl(world, instance);
        state.Map(routes);
        new SnapshotControl(instance, state).Map(routes);
        new EndpointControl(sender, settings.Webhooks).Map(routes);
        new WebhookControl(sender, new EventSamples(world)).Map(routes);
        new PeopleControl(world).Map(routes);
        new FaultControl(settings, limiter, faults).Map(routes);
        new SessionClaimsControl(world).Map(routes);
        new ClockControl(world, sender).Map(routes);
        new KeyControl(world).Map(routes);
        new OAuthAccessTokenControl(world).Map(routes);
        new ExternalAccountControl(world).Map(routes);
        new RequestLogControl(log).Map(routes);
        ControlPage.Map(app);
    }
}
