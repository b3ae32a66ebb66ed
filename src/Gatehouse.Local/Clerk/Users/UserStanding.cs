using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Sessions;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>Banning and locking. A ban ends the user's sessions; a lock only keeps new ones from being made.</summary>
internal sealed class UserStanding(ClerkWorld world)
{
    public void Map(ClerkRoutes routes) => routes
        .Post("/users/{user_id}/ban", call => ChangeOne(call, Ban))
        .Post("/users/{user_id}/unban", call => ChangeOne(call, user => user.Banned = false))
        .Post("/users/{user_id}/lock", call => ChangeOne(call, user => Lockout.Lock(user, world.Clock.NowMilliseconds)))
        .Post("/users/{user_id}/unlock", call => ChangeOne(call, Lockout.Unlock))
        .Post("/users/ban", call => ChangeAll(call, Ban))
        .Post("/users/unban", call => ChangeAll(call, user => user.Banned = false));

    private void Ban(User user)
    {
        user.Banned = true;
        SessionEvents.CloseAll(world, user.Id, SessionStatus.Revoked);
    }

    private ClerkAnswer ChangeOne(ClerkCall call, Action<User> change)
    {
        if (world.Data.Users.Find(call.Route("user_id")) is not { } user)
        {
            return ClerkErrors.NotFound("user", call.Route("user_id"));
        }

        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        Apply(user, change);
        return UserJson.Answer(world, user);
    }

    private ClerkAnswer ChangeAll(ClerkCall call, Action<User> change)
    {
        call.Form.Require("user_ids");
        var ids = call.Form.Texts("user_ids") ?? [];
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var users = new List<User>();
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            if (world.Data.Users.Find(id) is not { } user)
            {
                return ClerkErrors.NotFound("user", id);
            }

            users.Add(user);
        }

        users.ForEach(user => Apply(user, change));
        return UserJson.Answer(world, users);
    }

    private void Apply(User user, Action<User> change)
    {
        change(user);
        UserChange.Done(world, user);
    }
}
