using System.Text.Json.Nodes;

namespace Gatehouse.Clerk.Api;

/// <summary>Metadata to merge or to put in place; a null member is left as it is.</summary>
/// <remarks>When merged, a key whose value is null is removed, at any depth.</remarks>
public sealed class MetadataChange
{
    /// <summary>What everybody may read.</summary>
    public JsonObject? PublicMetadata { get; init; }

    /// <summary>What only servers read.</summary>
    public JsonObject? PrivateMetadata { get; init; }

    /// <summary>What the user may write.</summary>
    public JsonObject? UnsafeMetadata { get; init; }
}
