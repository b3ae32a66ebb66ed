using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Sessions;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.JwtTemplates;

/// <summary>What shortcodes speak of: the session's user, and the active organization as long as the user belongs to it.</summary>
internal sealed record ShortcodeContext(
    User User,
    Organization? Organization,
    Membership? Membership,
    IReadOnlyList<Membership> Memberships)
{
    /// <summary>Who acts as the user, in a session of an actor token.</summary>
    public JsonObject? Actor { get; init; }

    public static ShortcodeContext Of(ClerkData data, Session session) => Of(data, session, session.ActiveOrganizationId);

    /// <summary>The same for another organization than the session's active one.</summary>
    public static ShortcodeContext Of(ClerkData data, Session session, string? organizationId)
    {
        var user = data.Users.Find(session.UserId)
            ?? throw new InvalidOperationException($"The session {session.Id} has outlived its user.");
        var membership = organizationId is { } id ? data.Organizations.FindMembership(id, user.Id) : null;
        var organization = membership is null ? null : data.Organizations.Find(membership.OrganizationId);
        return new ShortcodeContext(user, organization, membership, data.Organizations.MembershipsOfUser(user.Id)) { Actor = session.Actor };
    }
}
