using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Images;

namespace Gatehouse.Local.Clerk.OAuth;

/// <summary>Creating, listing, reading, updating and deleting OAuth applications, rotating secrets and revoking tokens.</summary>
internal sealed class OAuthApplicationOperations(ClerkWorld world)
{
    private const int ClientIdBytes = 8;
    private const int SecretBytes = 24;
    private const int MaximumTokenLength = 64 * 1024;

    public void Map(ClerkRoutes routes) => routes
        .Get("/oauth_applications", List)
        .Post("/oauth_applications", Create)
        .Get("/oauth_applications/{oauth_application_id}", call => Find(call, found => Tell(found)))
        .Patch("/oauth_applications/{oauth_application_id}", call => Find(call, found => Update(call, found)))
        .Delete("/oauth_applications/{oauth_application_id}", call => Find(call, Delete))
        .Map("PUT", "/oauth_applications/{oauth_application_id}/logo", new ClerkOperation(call => Find(call, found => SetLogo(call, found))) { TakesFile = true })
        .Post("/oauth_applications/{oauth_application_id}/rotate_secret", call => Find(call, found => Rotate(call, found)))
        .Post("/oauth_applications/{oauth_application_id}/revoke_token", call => Find(call, found => RevokeToken(call, found)));

    private OAuthApplicationStore Applications => world.Data.OAuthApplications;

    private ClerkAnswer List(ClerkCall call)
    {
        var search = call.Query.Text("name_query");
        var ordering = call.Query.Ordering("+created_at", "created_at", "name");
        var page = call.Query.Page();
        if (call.Query.Faults() is { } faults)
        {
            return faults;
        }

        var found = Applications.All
            .Where(application => string.IsNullOrEmpty(search)
                || application.ClientId == search
                || application.Name.Contains(search, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var ordered = ordering.Field == "name"
            ? ordering.Of(found, application => application.Name.ToLowerInvariant(), application => application.Id)
            : ordering.Of(found, application => application.CreatedAt, application => application.Id);
        return ClerkAnswer.Ok(json => ListJson.WritePage(
            json, page.Of(ordered), found.Count, (inner, application) => OAuthApplicationJson.Write(inner, application)));
    }

    private ClerkAnswer Create(ClerkCall call)
    {
        call.Form.Require("name");
        var form = OAuthApplicationForm.Read(call.Form, application: null);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var now = world.Clock.NowMilliseconds;
        var application = new OAuthApplication
        {
            Id = world.Ids.Next("oa_"),
            ClientId = world.Ids.NextHex("", ClientIdBytes),
            Name = form.Name!,
            CreatedAt = now,
            UpdatedAt = now,
        };
        form.Apply(application);
        application.ClientSecret = application.Public ? null : world.Ids.NextHex("", SecretBytes);
        Applications.Add(application);
        return Tell(application, application.ClientSecret);
    }

    private ClerkAnswer Update(ClerkCall call, OAuthApplication application)
    {
        var form = OAuthApplicationForm.Read(call.Form, application);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        form.Apply(application);
        application.UpdatedAt = world.Clock.NowMilliseconds;
        return Tell(application);
    }

    private ClerkAnswer SetLogo(ClerkCall call, OAuthApplication application)
    {
        if ((ImageUploads.RefuseUploader(world, call) ?? ImageUploads.Refuse(world, call, application)) is { } refusal)
        {
            return refusal;
        }

        application.UpdatedAt = world.Clock.NowMilliseconds;
        return Tell(application);
    }

    private ClerkAnswer Delete(OAuthApplication application)
    {
        ImageUploads.Remove(world, application);
        Applications.Remove(application);
        world.Data.OAuthAccessTokens.RemoveOf(application.ClientId);
        return ListJson.Deleted("oauth_application", application.Id);
    }

    private ClerkAnswer Rotate(ClerkCall call, OAuthApplication application)
    {
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        application.ClientSecret = world.Ids.NextHex("", SecretBytes);
        application.UpdatedAt = world.Clock.NowMilliseconds;
        return Tell(application, application.ClientSecret);
    }

    private ClerkAnswer RevokeToken(ClerkCall call, OAuthApplication application)
    {
        var text = call.Form.RequiredText("token", MaximumTokenLength);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        // Clerk keeps no JWTs, and so cannot revoke them.
        if (world.Data.OAuthAccessTokens.FindByText(text) is not { IsJwt: false } token || token.ClientId != application.ClientId)
        {
            return ClerkErrors.NotFound("OAuth token of the application", application.Id);
        }

        token.Revoke(world.Clock.NowMilliseconds);
        return ClerkAnswer.NoContent;
    }

    private ClerkAnswer Find(ClerkCall call, Func<OAuthApplication, ClerkAnswer> found) =>
        Applications.Find(call.Route("oauth_application_id")) is { } application
            ? found(application)
            : ClerkErrors.NotFound("OAuth application", call.Route("oauth_application_id"));

    private static ClerkAnswer Tell(OAuthApplication application, string? secret = null) =>
        ClerkAnswer.Ok(json => OAuthApplicationJson.Write(json, application, secret));
}
