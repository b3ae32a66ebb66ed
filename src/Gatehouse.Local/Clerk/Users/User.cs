using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Images;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>A person or a service. Times are unix milliseconds.</summary>
internal sealed class User : IPictured
{
    public required string Id { get; init; }

    public string? ExternalId { get; set; }

    public string? Username { get; set; }

    public string? FirstName { get; set; }

    public string? LastName { get; set; }

    public string? Locale { get; set; }

    public List<EmailAddress> EmailAddresses { get; init; } = [];

    public List<PhoneNumber> PhoneNumbers { get; init; } = [];

    public List<ExternalAccount> ExternalAccounts { get; init; } = [];

    public List<Web3Wallet> Web3Wallets { get; init; } = [];

    public string? PrimaryEmailAddressId { get; set; }

    public string? PrimaryPhoneNumberId { get; set; }

    public string? PrimaryWeb3WalletId { get; set; }

    public JsonObject PublicMetadata { get; set; } = [];

    public JsonObject PrivateMetadata { get; set; } = [];

    public JsonObject UnsafeMetadata { get; set; } = [];

    public PasswordDigest? Password { get; set; }

    /// <summary>Whether the password is known to others: the next sign-in must set a new one.</summary>
    public bool PasswordCompromised { get; set; }

    /// <summary>The base32 secret of the user's authenticator app.</summary>
    public string? TotpSecret { get; set; }

    public List<string> BackupCodes { get; init; } = [];

    public long? MfaEnabledAt { get; set; }

    public long? MfaDisabledAt { get; set; }

    public bool Banned { get; set; }

    /// <summary>Whether the user was locked out. Whether they are still, <see cref="Lockout"/> says.</summary>
    public bool Locked { get; set; }

    /// <summary>When the lock ends by itself; null: never.</summary>
    public long? LockedUntil { get; set; }

    /// <summary>How many attempts to prove who they are have failed since the last that did not.</summary>
    public int FailedAttempts { get; set; }

    public bool DeleteSelfEnabled { get; set; } = true;

    public bool CreateOrganizationEnabled { get; set; } = true;

    public int? CreateOrganizationsLimit { get; set; }

    public bool BypassClientTrust { get; set; }

    public long? LegalAcceptedAt { get; set; }

    public long? LastSignInAt { get; set; }

    public long? LastActiveAt { get; set; }

    public Picture? Picture { get; set; }

    public required long CreatedAt { get; set; }

    public required long UpdatedAt { get; set; }

    public EmailAddress? PrimaryEmailAddress => EmailAddresses.Find(email => email.Id == PrimaryEmailAddressId);

    public PhoneNumber? PrimaryPhoneNumber => PhoneNumbers.Find(phone => phone.Id == PrimaryPhoneNumberId);

    public Web3Wallet? PrimaryWeb3Wallet => Web3Wallets.Find(wallet => wallet.Id == PrimaryWeb3WalletId);

    public bool HasSecondFactor => TotpSecret is not null || PhoneNumbers.Exists(phone => phone.ReservedForSecondFactor);

    public string? FullName =>
        string.Join(' ', new[] { FirstName, LastName }.Where(name => !string.IsNullOrEmpty(name))) is { Length: > 0 } name ? name : null;
}
