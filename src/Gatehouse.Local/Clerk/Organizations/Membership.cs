using System.Text.Json.Nodes;

namespace Gatehouse.Local.Clerk.Organizations;

/// <summary>A user's place in an organization.</summary>
internal sealed class Membership
{
    public required string Id { get; init; }

    public required string OrganizationId { get; init; }

    public required string UserId { get; init; }

    public required OrganizationRole Role { get; set; }

    public JsonObject PublicMetadata { get; set; } = [];

    public JsonObject PrivateMetadata { get; set; } = [];

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }
}
