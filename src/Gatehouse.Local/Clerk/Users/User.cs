using System.Text.Json.Nodes;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>A person or a service. Times are unix milliseconds.</summary>
internal sealed class User
{
    public required string Id { get; init; }

    public string? ExternalId { get; set; }

    public string? Username { get; set; }

    public string? FirstName { get; set; }

    public string? LastName { get; set; }

    public string? Locale { get; set; }

    public List<EmailAddress> EmailAddresses { get; init; } = [];

    public List<PhoneNumber> PhoneNumbers { get; init; } = [];

    public string? PrimaryEmailAddressId { get; set; }

    public string? PrimaryPhoneNumberId { get; set; }

    public JsonObject PublicMetadata { get; set; } = [];

    public JsonObject PrivateMetadata { get; set; } = [];

    public JsonObject UnsafeMetadata { get; set; } = [];

    public PasswordDigest? Password { get; set; }

    public bool Banned { get; set; }

    public bool Locked { get; set; }

    public bool DeleteSelfEnabled { get; set; } = true;

    public bool CreateOrganizationEnabled { get; set; } = true;

    public int? CreateOrganizationsLimit { get; set; }

    public bool BypassClientTrust { get; set; }

    public long? LegalAcceptedAt { get; set; }

    public long? LastSignInAt { get; set; }

    public long? LastActiveAt { get; set; }

    public required long CreatedAt { get; set; }

    public required long UpdatedAt { get; set; }

    public EmailAddress? PrimaryEmailAddress => EmailAddresses.Find(email => email.Id == PrimaryEmailAddressId);

    public PhoneNumber? PrimaryPhoneNumber => PhoneNumbers.Find(phone => phone.Id == PrimaryPhoneNumberId);

    public string? FullName =>
        string.Join(' ', new[] { FirstName, LastName }.Where(name => !string.IsNullOrEmpty(name))) is { Length: > 0 } name ? name : null;
}
