using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Images;

namespace Gatehouse.Local.Clerk.Organizations;

/// <summary>An organization. Times are unix milliseconds.</summary>
internal sealed class Organization : IPictured
{
    public const int DefaultMaximumMemberships = 5;
    public const int MostMemberships = 1_000_000;

    public required string Id { get; init; }

    public required string Name { get; set; }

    public required string Slug { get; set; }

    public string? CreatedBy { get; set; }

    public int MaximumMemberships { get; set; } = DefaultMaximumMemberships;

    public bool AdminDeleteEnabled { get; set; } = true;

    public JsonObject PublicMetadata { get; set; } = [];

    public JsonObject PrivateMetadata { get; set; } = [];

    public Picture? Picture { get; set; }

    public required long CreatedAt { get; set; }

    public required long UpdatedAt { get; set; }
}
