using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Data.Generation;

/// <summary>One generated user: its number, from which all that it has is computed. It takes no memory until it is made.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct GeneratedUser(GeneratedUsers all, int number)
{
    private const int Viewers = 4;   // one in so many
    private const int Strangers = 8;   // one in so many has never signed in
    private const long LongestAbsence = 30L * 24 * 3600 * 1000;
    private const long LongestVisit = 3 * 3600 * 1000;

    private static readonly PasswordDigest Password = PasswordDigest.Shared(LocalClerkDefaults.Password, setAt: 0);

    private readonly ulong _chance = all.Chance(number, GeneratedPart.Profile);

    public int Number { get; } = number;

    public string Id => all.Id("user_", Number, GeneratedPart.User);

    public string EmailAddressId => all.Id("idn_", Number, GeneratedPart.EmailAddress);

    public string FirstName => GeneratedNames.First[(int)(_chance % (uint)GeneratedNames.First.Length)];

    public string LastName => GeneratedNames.Last[(int)((_chance >> 16) % (uint)GeneratedNames.Last.Length)];

    // The part after the plus sign makes it an address of Clerk's test mode, whose code is always the same.
    public string EmailAddress => string.Create(
        CultureInfo.InvariantCulture,
        $"{FirstName.ToLowerInvariant()}.{LastName.ToLowerInvariant()}.{Number}{GeneratedUsers.EmailSuffix}");

    public string Username => string.Create(CultureInfo.InvariantCulture, $"{FirstName}_{LastName}_{Number}").ToLowerInvariant();

    public string ExternalId => string.Create(CultureInfo.InvariantCulture, $"{GeneratedUsers.ExternalIdPrefix}{Number}");

    public long CreatedAt => all.CreatedAt(Number);

    public long UpdatedAt => LastSignInAt ?? CreatedAt;

    public long? LastSignInAt => (_chance >> 32) % Strangers == 0
        ? null
        : CreatedAt + (long)((_chance >> 35) % (ulong)Math.Min(LongestAbsence, GeneratedUsers.End - CreatedAt));

    public long? LastActiveAt => LastSignInAt is { } at
        ? at + (long)((_chance >> 20) % (ulong)Math.Min(LongestVisit, GeneratedUsers.End - at))
        : null;

    /// <summary>The user as an object of its own.</summary>
    public User Make()
    {
        var (createdAt, email) = (CreatedAt, EmailAddressId);
        return new User
        {
            Id = Id,
            ExternalId = ExternalId,
            Username = Username,
            FirstName = FirstName,
            LastName = LastName,
            EmailAddresses = [new EmailAddress { Id = email, Address = EmailAddress, CreatedAt = createdAt, UpdatedAt = createdAt }],
            PrimaryEmailAddressId = email,
            PublicMetadata = new JsonObject { ["role"] = (_chance >> 48) % Viewers == 0 ? "viewer" : "user" },
            Password = Password with { SetAt = createdAt },
            LastSignInAt = LastSignInAt,
            LastActiveAt = LastActiveAt,
            CreatedAt = createdAt,
            UpdatedAt = UpdatedAt,
        };
    }
}
