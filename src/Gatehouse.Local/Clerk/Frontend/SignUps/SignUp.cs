using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.SignUps;

/// <summary>A browser's way to an account. Times are unix milliseconds.</summary>
internal sealed class SignUp
{
    private const long Lifetime = 24 * 3600 * 1000L;

    public required string Id { get; init; }

    /// <summary>The id that the user will have: the password is kept as a digest that depends on it.</summary>
    public required string UserId { get; init; }

    public string? EmailAddress { get; set; }

    public string? Username { get; set; }

    public string? FirstName { get; set; }

    public string? LastName { get; set; }

    public string? Locale { get; set; }

    public PasswordDigest? Password { get; set; }

    public JsonObject UnsafeMetadata { get; set; } = [];

    /// <summary>What the invitation brings along that was used.</summary>
    public JsonObject PublicMetadata { get; set; } = [];

    /// <summary>The ticket of the invitation that was used.</summary>
    public string? Ticket { get; set; }

    public bool LegalAccepted { get; set; }

    public Verification? EmailVerification { get; set; }

    public string? CreatedUserId { get; set; }

    public string? CreatedSessionId { get; set; }

    public required long CreatedAt { get; init; }

    public long AbandonedAt => CreatedAt + Lifetime;

    /// <summary>What the user has still to give.</summary>
    public IEnumerable<string> MissingFields
    {
        get
        {
            if (EmailAddress is null)
            {
                yield return "email_address";
            }

            if (Password is null)
            {
                yield return "password";
            }
        }
    }

    public bool IsEmailVerifiedAt(long now) => EmailVerification?.StatusAt(now) == VerificationStatus.Verified;
}
