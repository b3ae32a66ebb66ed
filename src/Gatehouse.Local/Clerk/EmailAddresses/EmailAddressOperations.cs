using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.EmailAddresses;

/// <summary>The operations of e-mail addresses.</summary>
internal sealed class EmailAddressOperations(ClerkWorld world)
    : IdentificationOperations<EmailAddress>(world, "email_address", "/email_addresses")
{
    protected override List<EmailAddress> Of(User user) => user.EmailAddresses;

    protected override string? PrimaryOf(User user) => user.PrimaryEmailAddressId;

    protected override void SetPrimary(User user, string? id) => user.PrimaryEmailAddressId = id;

    protected override void Check(IdentifierCheck check, string value) => check.EmailAddress("email_address", value);

    protected override EmailAddress Make(NewIdentification identification, string id, long now) => identification.ToEmailAddress(id, now);

    protected override void Write(Utf8JsonWriter json, EmailAddress identification) => IdentificationJson.Write(json, identification);

    protected override bool? ReadMore(FormReader form)
    {
        ReadMoreOfReplacement(form);
        return null;
    }

    protected override void ReadMoreOfReplacement(FormReader form) =>
        form.Flag("notify_primary_email_address_changed");   // no mail leaves the local Clerk
}
