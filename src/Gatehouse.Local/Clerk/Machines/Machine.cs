namespace Gatehouse.Local.Clerk.Machines;

/// <summary>A machine, the secret that it proves itself with, and the machines that its tokens may be presented to.</summary>
internal sealed class Machine
{
    public const int DefaultTokenSeconds = 3600;
    public const int MostScopes = 150;

    public required string Id { get; init; }

    public required string Name { get; set; }

    public required string Secret { get; set; }

    /// <summary>Secrets that were rotated away and are still taken, each with the unix milliseconds at which it ends.</summary>
    public List<(string Secret, long EndsAt)> PreviousSecrets { get; } = [];

    public int DefaultTokenTtl { get; set; } = DefaultTokenSeconds;

    /// <summary>Receivers, in the order in which they were added.</summary>
    public List<string> Scopes { get; init; } = [];

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; set; }
}
