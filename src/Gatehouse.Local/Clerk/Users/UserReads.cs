using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>Listing, counting and reading users.</summary>
internal sealed class UserReads(ClerkWorld world)
{
    private const string NewestFirst = "-created_at";

    public void Map(ClerkRoutes routes) => routes
        .Get("/users", List)
        .Get("/users/count", Count)
        .Get("/users/{user_id}", Read);

    private ClerkAnswer List(ClerkCall call)
    {
        var filter = UserFilter.Read(call.Query, world.Data);
        var page = call.Query.Page();
        var ordering = call.Query.Ordering(
            NewestFirst, "created_at", "updated_at", "email_address", "web3wallet", "first_name", "last_name", "phone_number", "username",
            "last_active_at", "last_sign_in_at");
        var after = FindCursor(call.Query, ordering);
        if (call.Query.Faults() is { } faults)
        {
            return faults;
        }

        var users = new UserListing(world.Data.Users, filter, ordering).Page(page, after);
        return UserJson.Answer(world, users);
    }

    private ClerkAnswer Count(ClerkCall call)
    {
        var filter = UserFilter.Read(call.Query, world.Data);
        if (call.Query.Faults() is { } faults)
        {
            return faults;
        }

        var count = filter.Count(world.Data.Users);
        return ClerkAnswer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("object", "total_count");
            json.WriteNumber("total_count", count);
            json.WriteEndObject();
        });
    }

    private ClerkAnswer Read(ClerkCall call)
    {
        var id = call.Route("user_id");
        return world.Data.Users.Find(id) is { } user
            ? UserJson.Answer(world, user)
            : ClerkErrors.NotFound("user", id);
    }

    private User? FindCursor(QueryReader query, Ordering ordering)
    {
        if (query.Text("starting_after") is not { Length: > 0 } id)
        {
            return null;
        }

        var user = world.Data.Users.Find(id);
        if (ordering.Field != "created_at" || user is null)
        {
            query.Refuse(ParameterErrors.ValueInvalid("starting_after", "the id of a user, in a list that is ordered by created_at"));
        }

        return user;
    }
}
