using Gatehouse.Tokens;

namespace Gatehouse.Host.Tokens.Inspection;

/// <summary>What was found in a text that claims to be a token. Nothing of it is believed.</summary>
internal sealed record InspectedToken
{
    /// <summary>Whether it is a token at all: opaque, or a JWT whose header and payload can be read.</summary>
    public bool IsToken => IsOpaque || (Header.Members is not null && Payload.Members is not null);

    public bool IsOpaque { get; init; }

    /// <summary>The class that it would be if its signature were good; none if it contradicts itself.</summary>
    public TokenClass Class { get; init; }

    public InspectedPart Header { get; init; } = InspectedPart.Absent;

    public InspectedPart Payload { get; init; } = InspectedPart.Absent;

    /// <summary>The active organization with the person's permissions, decoded.</summary>
    public OrganizationClaims? Organization { get; init; }

    /// <summary>How many bytes the signature has; null where there is none. The signature itself is shown nowhere.</summary>
    public int? SignatureLength { get; init; }

    public required IReadOnlyList<InspectedStep> Steps { get; init; }
}
