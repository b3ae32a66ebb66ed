namespace Gatehouse.Host.Tokens.Inspection;

/// <summary>The header or the payload.</summary>
/// <param name="Members">Its members in their order; null if it is not the JSON that a token's part must be.</param>
/// <param name="Text">What stands there instead.</param>
internal sealed record InspectedPart(IReadOnlyList<InspectedMember>? Members, string Text)
{
    public static InspectedPart Absent { get; } = new(null, "");
}
