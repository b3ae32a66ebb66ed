using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.JwtTemplates;
using Gatehouse.Local.Clerk.M2M;
using Gatehouse.Local.Clerk.Machines;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Sessions;
using Gatehouse.Local.Clerk.Tokens;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Data;

/// <summary>Everything one instance holds. Not safe for several threads: <see cref="ClerkWorld"/> lets one in at a time.</summary>
internal sealed class ClerkData(KeyRing keys)
{
    public KeyRing Keys { get; } = keys;

    public UserStore Users { get; } = new();

    public OrganizationStore Organizations { get; } = new();

    public SessionStore Sessions { get; } = new();

    public JwtTemplateStore Templates { get; } = new();

    public MachineStore Machines { get; } = new();

    public M2MTokenStore M2MTokens { get; } = new();

    /// <summary>The claims that the instance adds to every session token.</summary>
    public JsonObject SessionClaims { get; set; } = [];
}
