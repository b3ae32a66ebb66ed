using System.Text.Json;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Data.Seeding;

/// <summary>The users of a seed file.</summary>
internal sealed class SeedUsers(SeedReading reading)
{
    private const int MostOrganizations = 10_000;

    public void Read(SeedObject item)
    {
        var id = reading.Ids.Required(item, "user_");
        if (id.Length > 0 && reading.Data.Users.Find(id) is not null)
        {
            item.Refuse("id", $"is '{id}', which a user has already");
            id = "";
        }

        var createdAt = item.Time("created_at") ?? SeedReading.Begin;
        var user = new User
        {
            Id = id,
            FirstName = item.Text("first_name"),
            LastName = item.Text("last_name"),
            Locale = item.Text("locale"),
            Username = Free(item, "username", IdentifierKind.Username, item.Text("username")),
            ExternalId = Free(item, "external_id", IdentifierKind.ExternalId, item.Text("external_id")),
            EmailAddresses = EmailAddresses(item, createdAt),
            PhoneNumbers = PhoneNumbers(item, createdAt),
            PublicMetadata = SeedReading.Metadata(item, "public_metadata"),
            PrivateMetadata = SeedReading.Metadata(item, "private_metadata"),
            UnsafeMetadata = SeedReading.Metadata(item, "unsafe_metadata"),
            Password = Password(item, id, createdAt),
            CreatedAt = createdAt,
            UpdatedAt = item.Time("updated_at") ?? createdAt,
        };
        ReadStanding(item, user);
        user.PrimaryEmailAddressId = user.EmailAddresses.FirstOrDefault()?.Id;
        user.PrimaryPhoneNumberId = user.PhoneNumbers.FirstOrDefault()?.Id;
        item.Finish();
        if (id.Length > 0)
        {
            reading.Data.Users.Add(user);
        }
    }

    private static void ReadStanding(SeedObject item, User user)
    {
        user.Banned = item.Flag("banned") ?? user.Banned;
        user.Locked = item.Flag("locked") ?? user.Locked;
        user.DeleteSelfEnabled = item.Flag("delete_self_enabled") ?? user.DeleteSelfEnabled;
        user.CreateOrganizationEnabled = item.Flag("create_organization_enabled") ?? user.CreateOrganizationEnabled;
        user.CreateOrganizationsLimit = item.Integer("create_organizations_limit", 0, MostOrganizations);
        user.BypassClientTrust = item.Flag("bypass_client_trust") ?? user.BypassClientTrust;
        user.LegalAcceptedAt = item.Time("legal_accepted_at");
        user.LastSignInAt = item.Time("last_sign_in_at");
        user.LastActiveAt = item.Time("last_active_at");
    }

    private static PasswordDigest? Password(SeedObject item, string userId, long createdAt)
    {
        if (item.Text("password", int.MaxValue) is not { } password)
        {
            return null;
        }

        if (password.Length is < PasswordDigest.MinimumLength or > PasswordDigest.MaximumLength)
        {
            item.Refuse("password", $"must have {PasswordDigest.MinimumLength} to {PasswordDigest.MaximumLength} characters");
        }

        return PasswordDigest.Of(userId, password, createdAt);
    }

    private List<EmailAddress> EmailAddresses(SeedObject user, long createdAt) => Identifications(
        user, "email_addresses", "email_address", IdentifierKind.EmailAddress, (id, address, verified) => new EmailAddress
        {
            Id = id,
            Address = address,
            Verified = verified,
            CreatedAt = createdAt,
            UpdatedAt = createdAt,
        });

    private List<PhoneNumber> PhoneNumbers(SeedObject user, long createdAt) => Identifications(
        user, "phone_numbers", "phone_number", IdentifierKind.PhoneNumber, (id, number, verified) => new PhoneNumber
        {
            Id = id,
            Number = number,
            Verified = verified,
            CreatedAt = createdAt,
            UpdatedAt = createdAt,
        });

    // Each is a text, or an object where its id or that it is not verified is to be said.
    private List<T> Identifications<T>(SeedObject user, string list, string member, IdentifierKind kind, Func<string, string, bool, T> make)
    {
        var made = new List<T>();
        var values = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (element, path) in user.Items(list))
        {
            var wrapped = element.ValueKind == JsonValueKind.String ? SeedJson.Wrap(member, element) : element;
            var item = new SeedObject(wrapped, path, reading.Faults);
            var value = Free(item, member, kind, item.RequiredText(member));
            var (id, verified) = (reading.Ids.Optional(item, "idn_", value ?? path), item.Flag("verified") ?? true);
            item.Finish();
            if (value is { Length: > 0 } && !values.Add(value))
            {
                item.Refuse(member, $"is '{value}', which this user has twice");
            }
            else if (value is { Length: > 0 })
            {
                made.Add(make(id, value, verified));
            }
        }

        return made;
    }

    private string? Free(SeedObject item, string member, IdentifierKind kind, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return value;
        }

        if (IdentifierCheck.Expected(kind, value) is { } expected)
        {
            item.Refuse(member, $"is '{value}', and must be {expected}");
            return null;
        }

        if (reading.Data.Users.Find(kind, value) is { } holder)
        {
            item.Refuse(member, $"is '{value}', which {holder.Id} has already");
            return null;
        }

        return value;
    }
}
