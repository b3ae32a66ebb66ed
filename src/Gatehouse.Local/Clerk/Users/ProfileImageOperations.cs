using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Images;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>Giving a user a picture, and taking it away.</summary>
internal sealed class ProfileImageOperations(ClerkWorld world)
{
    private const string Path = "/users/{user_id}/profile_image";

    public void Map(ClerkRoutes routes) => routes
        .Map("POST", Path, new ClerkOperation(call => Change(call, user => ImageUploads.Refuse(world, call, user))) { TakesFile = true })
        .Delete(Path, call => Change(call, user => ImageUploads.RefuseRemoval(world, call, user)));

    private ClerkAnswer Change(ClerkCall call, Func<User, ClerkAnswer?> refuse)
    {
        if (world.Data.Users.Find(call.Route("user_id")) is not { } user)
        {
            return ClerkErrors.NotFound("user", call.Route("user_id"));
        }

        if (refuse(user) is { } refusal)
        {
            return refusal;
        }

        UserChange.Done(world, user);
        return UserJson.Answer(world, user);
    }
}
