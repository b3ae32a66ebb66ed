using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.PhoneNumbers;

/// <summary>The operations of phone numbers, which can be second factors.</summary>
internal sealed class PhoneNumberOperations(ClerkWorld world)
    : IdentificationOperations<PhoneNumber>(world, "phone_number", "/phone_numbers")
{
    protected override List<PhoneNumber> Of(User user) => user.PhoneNumbers;

    protected override string? PrimaryOf(User user) => user.PrimaryPhoneNumberId;

    protected override void SetPrimary(User user, string? id) => user.PrimaryPhoneNumberId = id;

    protected override void Check(IdentifierCheck check, string value) => check.PhoneNumber("phone_number", value);

    protected override PhoneNumber Make(NewIdentification identification, string id, long now) => identification.ToPhoneNumber(id, now);

    protected override void Write(Utf8JsonWriter json, PhoneNumber identification) => IdentificationJson.Write(json, identification);

    protected override bool? ReadMore(FormReader form) => form.Flag("reserved_for_second_factor");

    // One of the numbers that are second factors is the default: the first that became one.
    protected override void SetSecondFactor(User user, PhoneNumber identification, bool? isSecondFactor)
    {
        var reserved = identification.Verified && (isSecondFactor ?? identification.ReservedForSecondFactor);
        (identification.ReservedForSecondFactor, identification.DefaultSecondFactor) = (reserved, reserved && identification.DefaultSecondFactor);
        var factors = user.PhoneNumbers.FindAll(number => number.ReservedForSecondFactor);
        if (factors.Count > 0 && !factors.Exists(number => number.DefaultSecondFactor))
        {
            factors[0].DefaultSecondFactor = true;
        }
    }
}
