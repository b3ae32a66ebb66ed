using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Invitations;

namespace Gatehouse.Local.Clerk.OrganizationInvitations;

/// <summary>An invitation into an organization. Its metadata become the membership's.</summary>
internal sealed class OrganizationInvitation : EmailInvitation
{
    public required string OrganizationId { get; init; }

    /// <summary>The key of the role that the invited person gets.</summary>
    public required string RoleKey { get; set; }

    public string? InviterId { get; init; }

    public JsonObject PrivateMetadata { get; init; } = [];
}
