using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Frontend.Sessions;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Sessions;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.Profile;

/// <summary>What users read and change of themselves: profile, metadata, password, sessions.</summary>
internal sealed class ProfileOperations(ClerkWorld world)
{
    // By these a user is found, and could be shut out of the own account.
    private static readonly string[] Grave = ["username", "primary_email_address_id", "primary_phone_number_id"];

    public void Map(FrontendRoutes routes) => routes
        .Get("/me", call => call.WithUser((_, user) => Tell(user)))
        .Patch("/me", call => call.WithUser((session, user) =>
            Grave.Any(call.Form.Has) && !call.IsFresh(session) ? FrontendErrors.ReverificationRequired : Update(call, user)))
        .Delete("/me", call => call.WithFreshUser((_, user) => Delete(user)))
        .Patch("/me/metadata", call => call.WithUser((_, user) => MergeMetadata(call, user)))
        .Post("/me/change_password", call => call.WithFreshUser((session, user) => ChangePassword(call, session, user)))
        .Post("/me/remove_password", call => call.WithFreshUser((session, user) => RemovePassword(call, session, user)))
        .Get("/me/sessions", call => call.WithUser((_, user) => ListSessions(user)))
        .Get("/me/sessions/active", call => call.WithUser((_, user) => ListOpenSessions(user)))
        .Post("/me/sessions/{session_id}/revoke", call => call.WithFreshUser((_, user) => RevokeSession(call, user)));

    private FrontendAnswer Update(FrontendCall call, User user)
    {
        var form = call.Form;
        var (firstName, lastName, username) = (form.Text("first_name"), form.Text("last_name"), form.Text("username"));
        form.Identifiers(world.Data, user).Username(username);
        var email = ReadOwn(form, "primary_email_address_id", user.EmailAddresses.Where(owned => owned.Verified).Select(owned => owned.Id));
        var phone = ReadOwn(form, "primary_phone_number_id", user.PhoneNumbers.Where(owned => owned.Verified).Select(owned => owned.Id));
        var metadata = form.Metadata("unsafe_metadata");
        if (form.Faults() is { } faults)
        {
            return faults;
        }

        world.Data.Users.Change(user, changed =>
        {
            changed.FirstName = form.Has("first_name") ? firstName : changed.FirstName;
            changed.LastName = form.Has("last_name") ? lastName : changed.LastName;
            changed.Username = form.Has("username") ? username : changed.Username;
            changed.PrimaryEmailAddressId = email ?? changed.PrimaryEmailAddressId;
            changed.PrimaryPhoneNumberId = phone ?? changed.PrimaryPhoneNumberId;
            changed.UnsafeMetadata = metadata ?? changed.UnsafeMetadata;
        });
        UserChange.Done(world, user);
        return Tell(user);
    }

    private FrontendAnswer MergeMetadata(FrontendCall call, User user)
    {
        var change = call.Form.Metadata("unsafe_metadata") ?? [];
        var merged = (JsonObject)user.UnsafeMetadata.DeepClone();
        Metadata.Merge(merged, change);
        if (Metadata.IsTooLarge(merged))
        {
            call.Form.Refuse(ParameterErrors.TooLong("unsafe_metadata", Metadata.MaximumLength));
        }

        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        world.Data.Users.Change(user, changed => changed.UnsafeMetadata = merged);
        UserChange.Done(world, user);
        return Tell(user);
    }

    private FrontendAnswer ChangePassword(FrontendCall call, Session session, User user)
    {
        call.Form.RequiredText("new_password", int.MaxValue);
        var password = call.Form.Password("new_password");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (RefuseCurrentPassword(call, user) is { } refused)
        {
            return refused;
        }

        PasswordChange.Apply(world, user, password, session.Id, call.Form.Flag("sign_out_of_other_sessions"));
        return Tell(user);
    }

    private FrontendAnswer RemovePassword(FrontendCall call, Session session, User user)
    {
        if (user.Password is null)
        {
            return PasswordErrors.NotSet;
        }

        if (RefuseCurrentPassword(call, user) is { } refused)
        {
            return refused;
        }

        PasswordChange.Apply(world, user, password: null, session.Id, endSessions: false);
        return Tell(user);
    }

    private FrontendAnswer Delete(User user)
    {
        if (!user.DeleteSelfEnabled)
        {
            return DeletionDisabled;
        }

        UserEvents.Remove(world, user);
        return FrontendAnswer.Ok(json => DeletedJson.Write(json, "user", user.Id));
    }

    private FrontendAnswer ListSessions(User user)
    {
        var found = world.Data.Sessions.OfUser(user.Id).Reverse().ToList();
        return FrontendAnswer.Bare(json => ListJson.WriteArray(
            json, found, (inner, session) => BrowserSessionJson.WriteWithoutToken(inner, world, session)));
    }

    private FrontendAnswer ListOpenSessions(User user)
    {
        var now = world.Clock.NowMilliseconds;
        var open = world.Data.Sessions.OfUser(user.Id).Where(session => session.IsOpenAt(now)).Reverse().ToList();
        return FrontendAnswer.Bare(json => ListJson.WriteArray(json, open, (inner, session) => ActiveSessionJson.Write(inner, session, now)));
    }

    private FrontendAnswer RevokeSession(FrontendCall call, User user)
    {
        if (world.Data.Sessions.Find(call.Route("session_id")) is not { } session || session.UserId != user.Id)
        {
            return FrontendErrors.SessionNotFound(call.Route("session_id"));
        }

        ClientSessions.Revoke(world, session);
        return FrontendAnswer.Ok(json => BrowserSessionJson.WriteWithoutToken(json, world, session));
    }

    private static ClerkError? RefuseCurrentPassword(FrontendCall call, User user)
    {
        if (user.Password is not { } digest)
        {
            return null;
        }

        return call.Form.Text("current_password", int.MaxValue) switch
        {
            null => ParameterErrors.Missing("current_password"),
            var given when !digest.Matches(user.Id, given) => FrontendErrors.PasswordIncorrect with { ParameterName = "current_password" },
            _ => null,
        };
    }

    private static string? ReadOwn(FrontendForm form, string name, IEnumerable<string> owned)
    {
        var id = form.Text(name);
        if (id is not null && !owned.Contains(id, StringComparer.Ordinal))
        {
            form.Refuse(ParameterErrors.ValueInvalid(name, "the id of a verified identification of this user"));
        }

        return id;
    }

    private FrontendAnswer Tell(User user) => FrontendAnswer.Ok(json => BrowserView.Write(json, user, world));

    private static ClerkError DeletionDisabled { get; } = new(
        403, "user_delete_self_not_enabled", "Deletion not enabled", "This user is not allowed to delete their own account.");
}
