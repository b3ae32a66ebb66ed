using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.EmailAddresses;

/// <summary>Creating, reading, updating, deleting and replacing e-mail addresses.</summary>
internal sealed class EmailAddressOperations(ClerkWorld world)
{
    private const string Verified = "verified";
    private const string Reserved = "reserved";

    public void Map(ClerkRoutes routes) => routes
        .Post("/email_addresses", Create)
        .Get("/email_addresses/{email_address_id}", call => Find(call, (_, email) => Tell(email)))
        .Patch("/email_addresses/{email_address_id}", call => Find(call, (user, email) => Update(call, user, email)))
        .Delete("/email_addresses/{email_address_id}", call => Find(call, (user, email) => Delete(call, user, email)))
        .Map("PUT", "/users/{user_id}/email_address", new ClerkOperation(Replace));

    private ClerkAnswer Create(ClerkCall call)
    {
        var userId = call.Form.RequiredText("user_id");
        var address = call.Form.RequiredText("email_address");
        if (address.Length > 0)
        {
            new IdentifierCheck(world.Data.Users, call.Form, user: null).EmailAddress("email_address", address);
        }

        var verified = call.Form.Flag("verified") == true;
        var primary = call.Form.Flag("primary") == true;
        call.Form.Flag("notify_primary_email_address_changed");   // no mail leaves the local Clerk
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (world.Data.Users.Find(userId) is not { } user)
        {
            return ClerkErrors.NotFound("user", userId);
        }

        if (primary && !verified)
        {
            return IdentificationErrors.Unverified;
        }

        var email = New(address, verified, reserved: false);
        world.Data.Users.Change(user, changed =>
        {
            changed.EmailAddresses.Add(email);
            changed.PrimaryEmailAddressId = primary || changed.PrimaryEmailAddressId is null ? email.Id : changed.PrimaryEmailAddressId;
        });
        UserChange.Done(world, user);
        return Tell(email);
    }

    private ClerkAnswer Update(ClerkCall call, User user, EmailAddress email)
    {
        var verified = call.Form.Flag("verified");
        var primary = call.Form.Flag("primary") == true;
        call.Form.Flag("notify_primary_email_address_changed");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (primary && !(verified ?? email.Verified))
        {
            return IdentificationErrors.Unverified;
        }

        world.Data.Users.Change(user, changed =>
        {
            email.Verified = verified ?? email.Verified;
            email.VerifiedByCode &= email.Verified;
            email.UpdatedAt = world.Clock.NowMilliseconds;
            changed.PrimaryEmailAddressId = primary ? email.Id : changed.PrimaryEmailAddressId;
        });
        UserChange.Done(world, user);
        return Tell(email);
    }

    private ClerkAnswer Delete(ClerkCall call, User user, EmailAddress email)
    {
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (Identifications.IsLast(user))
        {
            return IdentificationErrors.LastOne;
        }

        world.Data.Users.Change(user, changed =>
        {
            changed.EmailAddresses.Remove(email);
            if (changed.PrimaryEmailAddressId == email.Id)
            {
                changed.PrimaryEmailAddressId = changed.EmailAddresses.Find(left => left.Verified)?.Id;
            }
        });
        UserChange.Done(world, user);
        return ListJson.Deleted("email_address", email.Id);
    }

    private ClerkAnswer Replace(ClerkCall call)
    {
        if (world.Data.Users.Find(call.Route("user_id")) is not { } user)
        {
            return ClerkErrors.NotFound("user", call.Route("user_id"));
        }

        var address = call.Form.RequiredText("email_address");
        if (address.Length > 0)
        {
            new IdentifierCheck(world.Data.Users, call.Form, user).EmailAddress("email_address", address);
        }

        var status = call.Form.OneOf("identification_status", Verified, Reserved, "unverified") ?? Verified;
        call.Form.Flag("notify_primary_email_address_changed");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var email = New(address, status == Verified, status == Reserved);
        world.Data.Users.Change(user, changed =>
        {
            changed.EmailAddresses.Clear();
            changed.EmailAddresses.Add(email);
            changed.PrimaryEmailAddressId = email.Id;
        });
        UserChange.Done(world, user);
        return Tell(email);
    }

    private EmailAddress New(string address, bool verified, bool reserved)
    {
        var now = world.Clock.NowMilliseconds;
        return new EmailAddress
        {
            Id = world.Ids.Next("idn_"),
            Address = address,
            Verified = verified,
            Reserved = reserved,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    private ClerkAnswer Find(ClerkCall call, Func<User, EmailAddress, ClerkAnswer> found) =>
        Identifications.FindEmail(world.Data.Users, call.Route("email_address_id")) is var (user, email)
            ? found(user, email)
            : ClerkErrors.NotFound("email address", call.Route("email_address_id"));

    private static ClerkAnswer Tell(EmailAddress email) => ClerkAnswer.Ok(json => IdentificationJson.Write(json, email));
}
