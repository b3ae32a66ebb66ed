using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>The tokens that other providers gave for a user's accounts there, and parting from such an account.</summary>
internal sealed class ExternalAccountOperations(ClerkWorld world)
{
    public void Map(ClerkRoutes routes) => routes
        .Get("/users/{user_id}/oauth_access_tokens/{provider}", call => Find(call, user => ListTokens(call, user)))
        .Delete("/users/{user_id}/external_accounts/{external_account_id}", call => Find(call, user => Delete(call, user)));

    private static ClerkAnswer ListTokens(ClerkCall call, User user)
    {
        var provider = call.Route("provider");
        var paginated = call.Query.Flag("paginated") == true;
        var page = call.Query.Page();
        if (call.Query.Faults() is { } faults)
        {
            return faults;
        }

        if (!provider.StartsWith(ExternalAccount.ProviderPrefix, StringComparison.Ordinal))
        {
            return new ClerkError(400, "oauth_unsupported_provider", "unsupported provider", $"{provider} OAuth is not supported.");
        }

        var found = user.ExternalAccounts.FindAll(account => account.Provider == provider);
        return ClerkAnswer.Ok(json =>
        {
            if (paginated)
            {
                ListJson.WritePage(json, page.Of(found), found.Count, ExternalAccountJson.WriteToken);
            }
            else
            {
                ListJson.WriteArray(json, page.Of(found), ExternalAccountJson.WriteToken);
            }
        });
    }

    private ClerkAnswer Delete(ClerkCall call, User user)
    {
        var id = call.Route("external_account_id");
        if (user.ExternalAccounts.Find(account => account.Id == id) is not { } account)
        {
            return ClerkErrors.NotFound("external account", id);
        }

        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        user.ExternalAccounts.Remove(account);
        UserChange.Done(world, user);
        return ListJson.Deleted("external_account", id);
    }

    private ClerkAnswer Find(ClerkCall call, Func<User, ClerkAnswer> found) =>
        world.Data.Users.Find(call.Route("user_id")) is { } user
            ? found(user)
            : ClerkErrors.NotFound("user", call.Route("user_id"));
}
