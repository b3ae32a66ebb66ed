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

    public string? PhoneNumber { get; set; }

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

    public Verification? PhoneVerification { get; set; }

    public string? CreatedUserId { get; set; }

    public string? CreatedSessionId { get; set; }

    public required long CreatedAt { get; init; }

    public long AbandonedAt => CreatedAt + Lifetime;

    /// <summary>What the user has still to give.</summary>
    public IEnumerable<string> MissingFields
    {
        get
        {
            if (EmailAddress is null && PhoneNumber is null)
            {
                yield return "email_address";
            }

            if (Password is null)
            {
                yield return "password";
            }
        }
    }

    /// <summary>What the user has given and has still to prove.</summary>
    public IEnumerable<string> UnverifiedFieldsAt(long now)
    {
        if (EmailAddress is not null && !IsEmailVerifiedAt(now))
        {
            yield return "email_address";
        }

        if (PhoneNumber is not null && !IsPhoneVerifiedAt(now))
        {
            yield return "phone_number";
        }
    }

    public bool IsEmailVerifiedAt(long now) => EmailVerification?.StatusAt(now) == VerificationStatus.Verified;

    public bool IsPhoneVerifiedAt(long now) => PhoneVerification?.StatusAt(now) == VerificationStatus.Verified;
}
