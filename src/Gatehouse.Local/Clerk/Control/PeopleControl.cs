using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Sessions;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Control;

/// <summary>The newest users and sessions, for the page that shows them: read like the Backend API, but neither limited nor failed.</summary>
internal sealed class PeopleControl(ClerkWorld world)
{
    private const int Most = 100;

    public void Map(ControlRoutes routes) => routes
        .Map("GET", "/users", ListUsers)
        .Map("GET", "/sessions", _ => ListSessions());

    private ClerkAnswer ListUsers(ClerkCall call)
    {
        var search = call.Query.Text("query");
        var users = world.Data.Users.NewestFirst()
            .Where(user => string.IsNullOrEmpty(search)
                || UserSearch.Texts(user).Any(text => text.Contains(search, StringComparison.OrdinalIgnoreCase)))
            .Take(Most);
        return UserJson.Answer(world, users);
    }

    private ClerkAnswer ListSessions()
    {
        var now = world.Clock.NowMilliseconds;
        var sessions = world.Data.Sessions.All
            .OrderByDescending(session => session.CreatedAt)
            .ThenByDescending(session => session.Id, StringComparer.Ordinal)
            .Take(Most);
        return ClerkAnswer.Ok(json => ListJson.WriteArray(json, sessions, (inner, session) => SessionJson.Write(inner, session, now)));
    }
}
