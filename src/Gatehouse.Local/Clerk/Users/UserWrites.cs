using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Images;
using Gatehouse.Local.Clerk.Sessions;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>Creating, updating and deleting users.</summary>
internal sealed class UserWrites(ClerkWorld world)
{
    public void Map(ClerkRoutes routes) => routes
        .Post("/users", Create)
        .Map("PATCH", "/users/{user_id}", new ClerkOperation(Update) { LimitedByResource = true })
        .Delete("/users/{user_id}", Delete)
        .Post("/users/{user_id}/verify_password", VerifyPassword);

    private ClerkAnswer Create(ClerkCall call)
    {
        var users = world.Data.Users;
        var identifiers = new IdentifierCheck(users, call.Form, user: null);
        var form = UserForm.Read(call.Form, identifiers);
        var emails = NewIdentification.Read(call.Form, "email_address", identifiers.EmailAddress);
        var phones = NewIdentification.Read(call.Form, "phone_number", identifiers.PhoneNumber);
        var wallets = NewIdentification.ReadPlain(call.Form, "web3_wallet", identifiers.Web3Wallet);
        var (publicly, privately, unsafely) = (
            UserForm.ReadMetadata(call.Form, "public_metadata"),
            UserForm.ReadMetadata(call.Form, "private_metadata"),
            UserForm.ReadMetadata(call.Form, "unsafe_metadata"));
        call.Form.Accept("skip_user_requirement");   // this instance requires nothing of its users
        var (banned, locked) = (call.Form.Flag("banned") ?? false, call.Form.Flag("locked") ?? false);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var now = world.Clock.NowMilliseconds;
        var user = new User
        {
            Id = world.Ids.Next("user_"),
            CreatedAt = now,
            UpdatedAt = now,
            Banned = banned,
            PublicMetadata = publicly ?? [],
            PrivateMetadata = privately ?? [],
            UnsafeMetadata = unsafely ?? [],
            EmailAddresses = [.. emails.Select(email => email.ToEmailAddress(world.Ids.Next("idn_"), now))],
            PhoneNumbers = [.. phones.Select(phone => phone.ToPhoneNumber(world.Ids.Next("idn_"), now))],
            Web3Wallets = [.. wallets.Select(wallet => wallet.ToWeb3Wallet(world.Ids.Next("idn_"), now))],
        };
        user.PrimaryEmailAddressId = user.EmailAddresses.FirstOrDefault()?.Id;
        user.PrimaryPhoneNumberId = user.PhoneNumbers.FirstOrDefault()?.Id;
        user.PrimaryWeb3WalletId = user.Web3Wallets.FirstOrDefault()?.Id;
        if (locked)
        {
            Lockout.Lock(user, now);
        }

        form.Apply(user, now);
        users.Add(user);
        UserEvents.Created(world, user);
        return UserJson.Answer(world, user);
    }

    private ClerkAnswer Update(ClerkCall call)
    {
        if (world.Data.Users.Find(call.Route("user_id")) is not { } user)
        {
            return ClerkErrors.NotFound("user", call.Route("user_id"));
        }

        var form = UserForm.Read(call.Form, new IdentifierCheck(world.Data.Users, call.Form, user));
        var email = ReadOwn(call.Form, "primary_email_address_id", user.EmailAddresses.Select(owned => owned.Id));
        var phone = ReadOwn(call.Form, "primary_phone_number_id", user.PhoneNumbers.Select(owned => owned.Id));
        var wallet = ReadOwn(call.Form, "primary_web3_wallet_id", user.Web3Wallets.Select(owned => owned.Id));
        var imageId = call.Form.Text("profile_image_id");
        call.Form.Accept("notify_primary_email_address_changed");   // no mail leaves the local Clerk
        var endSessions = call.Form.Flag("sign_out_of_other_sessions") == true && form.Password.IsGiven;
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var image = imageId is null ? null : world.Data.Images.Find(imageId);
        if (imageId is not null && image is null)
        {
            return ImageErrors.NotFound;
        }

        var now = world.Clock.NowMilliseconds;
        world.Data.Users.Change(user, changed =>
        {
            form.Apply(changed, now);
            changed.PrimaryEmailAddressId = email ?? changed.PrimaryEmailAddressId;
            changed.PrimaryPhoneNumberId = phone ?? changed.PrimaryPhoneNumberId;
            changed.PrimaryWeb3WalletId = wallet ?? changed.PrimaryWeb3WalletId;
        });
        if (image is not null)
        {
            ImageUploads.Copy(world, call, user, image);
        }

        if (endSessions)
        {
            SessionEvents.CloseAll(world, user.Id, SessionStatus.Revoked);
        }

        UserChange.Done(world, user);
        return UserJson.Answer(world, user);
    }

    private ClerkAnswer Delete(ClerkCall call)
    {
        if (world.Data.Users.Find(call.Route("user_id")) is not { } user)
        {
            return ClerkErrors.NotFound("user", call.Route("user_id"));
        }

        UserEvents.Remove(world, user);
        return ListJson.Deleted("user", user.Id);
    }

    private ClerkAnswer VerifyPassword(ClerkCall call)
    {
        if (world.Data.Users.Find(call.Route("user_id")) is not { } user)
        {
            return ClerkErrors.NotFound("user", call.Route("user_id"));
        }

        var password = call.Form.RequiredText("password", int.MaxValue);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        return PasswordCheck.Check(world, user, password) switch
        {
            PasswordVerdict.NotSet => PasswordErrors.NotSet,
            PasswordVerdict.Locked => Lockout.Refusal(user, world.Clock.NowMilliseconds),
            PasswordVerdict.Incorrect => PasswordErrors.Incorrect,
            _ => ClerkAnswer.Ok(json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("verified", true);
                json.WriteEndObject();
            }),
        };
    }

    private static string? ReadOwn(FormReader form, string name, IEnumerable<string> owned)
    {
        var id = form.Text(name);
        if (id is not null && !owned.Contains(id, StringComparer.Ordinal))
        {
            form.Refuse(ParameterErrors.ValueInvalid(name, "the id of an identification of this user"));
        }

        return id;
    }
}
