using Gatehouse.Tokens;

namespace Gatehouse.Host.Tokens;

/// <summary>Which keys are trusted, and what the imagined entrance demands.</summary>
internal sealed record GateSettings
{
    public string? Jwks { get; init; }

    public string? Pem { get; init; }

    /// <summary>The issuer that tokens must name; null for any.</summary>
    public string? Issuer { get; init; }

    public required Entrance Entrance { get; init; }

    /// <summary>The moment at which is judged; null for now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Whether tokens of the published key are refused.</summary>
    public bool Production { get; init; }

    public bool HasKeys => Jwks is not null || Pem is not null;

    public TimeProvider Clock => At is { } at ? new StoppedClock(at) : TimeProvider.System;
}
