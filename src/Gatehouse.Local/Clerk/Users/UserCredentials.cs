using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Sessions;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>Taking passwords and second factors away, and checking second factors.</summary>
internal sealed class UserCredentials(ClerkWorld world)
{
    public void Map(ClerkRoutes routes) => routes
        .Post("/users/{user_id}/remove_password", call => Find(call, user => RemovePassword(call, user)))
        .Post("/users/{user_id}/password/set_compromised", call => Find(call, user => SetCompromised(call, user)))
        .Post("/users/{user_id}/password/unset_compromised", call => Find(call, user => UnsetCompromised(call, user)))
        .Post("/users/{user_id}/verify_totp", call => Find(call, user => VerifyTotp(call, user)))
        .Delete("/users/{user_id}/mfa", call => Find(call, user => Disable(call, user, RemoveAll)))
        .Delete("/users/{user_id}/totp", call => Find(call, user => Disable(call, user, removed => removed.TotpSecret = null)))
        .Delete("/users/{user_id}/backup_code", call => Find(call, user => Disable(call, user, removed => removed.BackupCodes.Clear())));

    private ClerkAnswer RemovePassword(ClerkCall call, User user)
    {
        var endSessions = call.Form.Flag("sign_out_of_other_sessions") == true;
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (user.Password is not null)
        {
            (user.Password, user.PasswordCompromised) = (null, false);
            UserChange.Done(world, user);
        }

        if (endSessions)
        {
            SessionEvents.CloseAll(world, user.Id, SessionStatus.Revoked);
        }

        return UserJson.Answer(world, user);
    }

    private ClerkAnswer SetCompromised(ClerkCall call, User user)
    {
        var endSessions = call.Form.Flag("revoke_all_sessions") == true;
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (user.Password is null)
        {
            return PasswordErrors.NotSet;
        }

        user.PasswordCompromised = true;
        if (endSessions)
        {
            SessionEvents.CloseAll(world, user.Id, SessionStatus.Revoked);
        }

        return UserJson.Answer(world, user);
    }

    private ClerkAnswer UnsetCompromised(ClerkCall call, User user)
    {
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        user.PasswordCompromised = false;
        return UserJson.Answer(world, user);
    }

    private ClerkAnswer VerifyTotp(ClerkCall call, User user)
    {
        var code = call.Form.RequiredText("code");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (user.TotpSecret is null && user.BackupCodes.Count == 0)
        {
            return TotpErrors.Disabled;
        }

        if (user.TotpSecret is { } secret && Totp.Matches(secret, code, world.Clock.NowSeconds))
        {
            return Verified("totp");
        }

        if (user.BackupCodes.Remove(code))   // each is good for once
        {
            UserChange.Done(world, user);
            return Verified("backup_code");
        }

        return code.Length == Totp.Digits ? TotpErrors.CodeIncorrect : TotpErrors.LengthInvalid;
    }

    private ClerkAnswer Disable(ClerkCall call, User user, Action<User> remove)
    {
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        SecondFactors.Change(user, world.Clock.NowMilliseconds, remove);
        UserChange.Done(world, user);
        return Answer(json => json.WriteString("user_id", user.Id));
    }

    private static void RemoveAll(User user)
    {
        user.TotpSecret = null;
        user.BackupCodes.Clear();
        foreach (var phone in user.PhoneNumbers)
        {
            (phone.ReservedForSecondFactor, phone.DefaultSecondFactor) = (false, false);
        }
    }

    private static ClerkAnswer Verified(string type) => Answer(json =>
    {
        json.WriteBoolean("verified", true);
        json.WriteString("code_type", type);
    });

    private static ClerkAnswer Answer(Action<Utf8JsonWriter> members) => ClerkAnswer.Ok(json =>
    {
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
    });

    private ClerkAnswer Find(ClerkCall call, Func<User, ClerkAnswer> found) =>
        world.Data.Users.Find(call.Route("user_id")) is { } user
            ? found(user)
            : ClerkErrors.NotFound("user", call.Route("user_id"));
}
