using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>Merging and replacing a user's metadata. Since 2026-05-12 nothing else writes them.</summary>
internal sealed class UserMetadataWrites(ClerkWorld world)
{
    public void Map(ClerkRoutes routes) => routes
        .Map("PATCH", "/users/{user_id}/metadata", new ClerkOperation(call => Write(call, Merged)) { LimitedByResource = true })
        .Map("PUT", "/users/{user_id}/metadata", new ClerkOperation(call => Write(call, (_, given) => given)) { LimitedByResource = true });

    private ClerkAnswer Write(ClerkCall call, Func<JsonObject, JsonObject, JsonObject> combine)
    {
        if (world.Data.Users.Find(call.Route("user_id")) is not { } user)
        {
            return ClerkErrors.NotFound("user", call.Route("user_id"));
        }

        var publicly = Read(call.Form, "public_metadata", user.PublicMetadata, combine);
        var privately = Read(call.Form, "private_metadata", user.PrivateMetadata, combine);
        var unsafely = Read(call.Form, "unsafe_metadata", user.UnsafeMetadata, combine);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        (user.PublicMetadata, user.PrivateMetadata, user.UnsafeMetadata) = (publicly, privately, unsafely);
        UserChange.Done(world, user);
        return UserJson.Answer(world, user);
    }

    private static JsonObject Read(FormReader form, string name, JsonObject current, Func<JsonObject, JsonObject, JsonObject> combine)
    {
        if (form.Object(name) is not { } given)
        {
            return current;
        }

        var combined = combine(current, given);
        if (Metadata.IsTooLarge(combined))
        {
            form.Refuse(ParameterErrors.TooLong(name, Metadata.MaximumLength));
        }

        return combined;
    }

    private static JsonObject Merged(JsonObject current, JsonObject change)
    {
        var merged = current.DeepClone().AsObject();
        Metadata.Merge(merged, change);
        return merged;
    }
}
