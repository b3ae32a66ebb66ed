namespace Gatehouse.Local.Clerk;

/// <summary>What a user's token shall be like.</summary>
public sealed record LocalTokenRequest
{
    /// <summary>The page that the token is minted for, told as <c>azp</c>, such as <c>http://localhost:5421</c>. Default none.</summary>
    public string? Origin { get; init; }

    /// <summary>The id or slug of the organization to be active. Default none.</summary>
    public string? Organization { get; init; }

    /// <summary>The name of the JWT template to fill in. Default none: a session token.</summary>
    public string? Template { get; init; }

    /// <summary>How long the token lives, in seconds from 30 to 315 360 000. Default 60, or the template's own lifetime.</summary>
    public int? Seconds { get; init; }
}
