using Gatehouse.Local.Clerk.Frontend.Verifications;

namespace Gatehouse.Local.Clerk.Frontend.SignIns;

/// <summary>A browser's way to a session. Times are unix milliseconds.</summary>
internal sealed class SignIn
{
    private const long Lifetime = 24 * 3600 * 1000L;

    public required string Id { get; init; }

    public string? Identifier { get; set; }

    public string? UserId { get; set; }

    public SignInStatus Status { get; set; } = SignInStatus.NeedsIdentifier;

    public Verification? FirstFactor { get; set; }

    public Verification? SecondFactor { get; set; }

    public string? CreatedSessionId { get; set; }

    public required long CreatedAt { get; init; }

    public long AbandonedAt => CreatedAt + Lifetime;
}
