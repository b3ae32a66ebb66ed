namespace Gatehouse.Host.Tokens;

/// <summary>Whose token, and what it shall be like.</summary>
internal sealed record MintRequest
{
    public string? User { get; init; }

    public string? Machine { get; init; }

    public string? Origin { get; init; }

    public string? Organization { get; init; }

    public string? Template { get; init; }

    public int? Seconds { get; init; }
}
