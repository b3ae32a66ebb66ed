using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.ActorTokens;
using Gatehouse.Local.Clerk.ApiKeys;
using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Frontend.Handshakes;
using Gatehouse.Local.Clerk.Images;
using Gatehouse.Local.Clerk.Instance;
using Gatehouse.Local.Clerk.Invitations;
using Gatehouse.Local.Clerk.JwtTemplates;
using Gatehouse.Local.Clerk.M2M;
using Gatehouse.Local.Clerk.Machines;
using Gatehouse.Local.Clerk.OAuth;
using Gatehouse.Local.Clerk.OrganizationInvitations;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Roles;
using Gatehouse.Local.Clerk.Sessions;
using Gatehouse.Local.Clerk.SignInTokens;
using Gatehouse.Local.Clerk.Tokens;
using Gatehouse.Local.Clerk.Users;
using Gatehouse.Local.Clerk.Verifications;

namespace Gatehouse.Local.Clerk.Data;

/// <summary>Everything one instance holds. Not safe for several threads: <see cref="ClerkWorld"/> lets one in at a time.</summary>
internal sealed class ClerkData(KeyRing keys)
{
    public KeyRing Keys { get; } = keys;

    public UserStore Users { get; } = new();

    public OrganizationStore Organizations { get; } = new();

    public ImageStore Images { get; } = new();

    public RoleStore Roles { get; } = new();

    public EmailInvitationStore<OrganizationInvitation> OrganizationInvitations { get; } = new();

    public EmailInvitationStore<Invitation> Invitations { get; } = new();

    public InstanceSettings Settings { get; set; } = new();

    public CodeVerificationStore Verifications { get; } = new();

    public SessionStore Sessions { get; } = new();

    public ClientStore Clients { get; } = new();

    public HandshakeStore Handshakes { get; } = new();

    public JwtTemplateStore Templates { get; } = new();

    public MachineStore Machines { get; } = new();

    public M2MTokenStore M2MTokens { get; } = new();

    public ApiKeyStore ApiKeys { get; } = new();

    public OAuthApplicationStore OAuthApplications { get; } = new();

    public OAuthAccessTokenStore OAuthAccessTokens { get; } = new();

    public SignInTicketStore<SignInToken> SignInTokens { get; } = new();

    public SignInTicketStore<ActorToken> ActorTokens { get; } = new();

    /// <summary>The claims that the instance adds to every session token.</summary>
    public JsonObject SessionClaims { get; set; } = [];
}
