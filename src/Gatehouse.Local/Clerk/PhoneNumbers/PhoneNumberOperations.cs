using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.PhoneNumbers;

/// <summary>Creating, reading, updating, deleting and replacing phone numbers.</summary>
internal sealed class PhoneNumberOperations(ClerkWorld world)
{
    private const string Verified = "verified";
    private const string Reserved = "reserved";

    public void Map(ClerkRoutes routes) => routes
        .Post("/phone_numbers", Create)
        .Get("/phone_numbers/{phone_number_id}", call => Find(call, (_, phone) => Tell(phone)))
        .Patch("/phone_numbers/{phone_number_id}", call => Find(call, (user, phone) => Update(call, user, phone)))
        .Delete("/phone_numbers/{phone_number_id}", call => Find(call, (user, phone) => Delete(call, user, phone)))
        .Map("PUT", "/users/{user_id}/phone_number", new ClerkOperation(Replace));

    private ClerkAnswer Create(ClerkCall call)
    {
        var userId = call.Form.RequiredText("user_id");
        var number = call.Form.RequiredText("phone_number");
        if (number.Length > 0)
        {
            new IdentifierCheck(world.Data.Users, call.Form, user: null).PhoneNumber("phone_number", number);
        }

        var (verified, primary) = (call.Form.Flag("verified") == true, call.Form.Flag("primary") == true);
        var secondFactor = call.Form.Flag("reserved_for_second_factor") == true;
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (world.Data.Users.Find(userId) is not { } user)
        {
            return ClerkErrors.NotFound("user", userId);
        }

        if (!verified && (primary || secondFactor))
        {
            return primary ? IdentificationErrors.Unverified : IdentificationErrors.UnverifiedSecondFactor;
        }

        var phone = New(number, verified, reserved: false);
        Change(user, changed =>
        {
            changed.PhoneNumbers.Add(phone);
            changed.PrimaryPhoneNumberId = primary || changed.PrimaryPhoneNumberId is null ? phone.Id : changed.PrimaryPhoneNumberId;
            SetSecondFactor(changed, phone, secondFactor);
        });
        return Tell(phone);
    }

    private ClerkAnswer Update(ClerkCall call, User user, PhoneNumber phone)
    {
        var verified = call.Form.Flag("verified") ?? phone.Verified;
        var primary = call.Form.Flag("primary") == true;
        var secondFactor = call.Form.Flag("reserved_for_second_factor");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (!verified && (primary || secondFactor == true))
        {
            return primary ? IdentificationErrors.Unverified : IdentificationErrors.SecondFactorOfUnverified;
        }

        Change(user, changed =>
        {
            phone.Verified = verified;
            phone.VerifiedByCode &= verified;
            phone.UpdatedAt = world.Clock.NowMilliseconds;
            changed.PrimaryPhoneNumberId = primary ? phone.Id : changed.PrimaryPhoneNumberId;
            SetSecondFactor(changed, phone, verified && (secondFactor ?? phone.ReservedForSecondFactor));
        });
        return Tell(phone);
    }

    private ClerkAnswer Delete(ClerkCall call, User user, PhoneNumber phone)
    {
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (Identifications.IsLast(user))
        {
            return IdentificationErrors.LastOne;
        }

        Change(user, changed =>
        {
            SetSecondFactor(changed, phone, reserved: false);
            changed.PhoneNumbers.Remove(phone);
            if (changed.PrimaryPhoneNumberId == phone.Id)
            {
                changed.PrimaryPhoneNumberId = changed.PhoneNumbers.Find(left => left.Verified)?.Id;
            }
        });
        return ListJson.Deleted("phone_number", phone.Id);
    }

    private ClerkAnswer Replace(ClerkCall call)
    {
        if (world.Data.Users.Find(call.Route("user_id")) is not { } user)
        {
            return ClerkErrors.NotFound("user", call.Route("user_id"));
        }

        var number = call.Form.RequiredText("phone_number");
        if (number.Length > 0)
        {
            new IdentifierCheck(world.Data.Users, call.Form, user).PhoneNumber("phone_number", number);
        }

        var status = call.Form.OneOf("identification_status", Verified, Reserved, "unverified") ?? Verified;
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var phone = New(number, status == Verified, status == Reserved);
        Change(user, changed =>
        {
            changed.PhoneNumbers.Clear();
            changed.PhoneNumbers.Add(phone);
            changed.PrimaryPhoneNumberId = phone.Id;
        });
        return Tell(phone);
    }

    private void Change(User user, Action<User> change)
    {
        SecondFactors.Change(user, world.Clock.NowMilliseconds, changed => world.Data.Users.Change(changed, change));
        UserChange.Done(world, user);
    }

    // One of the numbers that are second factors is the default: the first that became one.
    private static void SetSecondFactor(User user, PhoneNumber phone, bool reserved)
    {
        (phone.ReservedForSecondFactor, phone.DefaultSecondFactor) = (reserved, reserved && phone.DefaultSecondFactor);
        var factors = user.PhoneNumbers.FindAll(number => number.ReservedForSecondFactor);
        if (factors.Count > 0 && !factors.Exists(number => number.DefaultSecondFactor))
        {
            factors[0].DefaultSecondFactor = true;
        }
    }

    private PhoneNumber New(string number, bool verified, bool reserved)
    {
        var now = world.Clock.NowMilliseconds;
        return new PhoneNumber
        {
            Id = world.Ids.Next("idn_"),
            Number = number,
            Verified = verified,
            Reserved = reserved,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    private ClerkAnswer Find(ClerkCall call, Func<User, PhoneNumber, ClerkAnswer> found) =>
        Identifications.FindPhone(world.Data.Users, call.Route("phone_number_id")) is var (user, phone)
            ? found(user, phone)
            : ClerkErrors.NotFound("phone number", call.Route("phone_number_id"));

    private static ClerkAnswer Tell(PhoneNumber phone) => ClerkAnswer.Ok(json => IdentificationJson.Write(json, phone));
}
