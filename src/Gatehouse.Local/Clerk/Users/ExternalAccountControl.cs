using Gatehouse.Local.Clerk.Control;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>Giving a user an account at another provider, which at Clerk only a sign-in there does.</summary>
internal sealed class ExternalAccountControl(ClerkWorld world)
{
    private const int MaximumTokenLength = 64 * 1024;

    public void Map(ControlRoutes routes) => routes.Map("POST", "/external_accounts", Create);

    private ClerkAnswer Create(ClerkCall call)
    {
        var userId = call.Form.RequiredText("user");
        var provider = call.Form.RequiredText("provider");
        if (provider.Length > 0 && !provider.StartsWith(ExternalAccount.ProviderPrefix, StringComparison.Ordinal))
        {
            call.Form.Refuse(ParameterErrors.FormatInvalid("provider", $"{ExternalAccount.ProviderPrefix} and a provider's name"));
        }

        var providerUserId = call.Form.RequiredText("provider_user_id");
        var token = call.Form.RequiredText("token", MaximumTokenLength);
        var email = call.Form.Text("email_address") ?? "";
        var scopes = call.Form.Texts("scopes") ?? [];
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (world.Data.Users.Find(userId) is not { } user)
        {
            return ClerkErrors.NotFound("user", userId);
        }

        var now = world.Clock.NowMilliseconds;
        var account = new ExternalAccount
        {
            Id = world.Ids.Next("eac_"),
            IdentificationId = world.Ids.Next("idn_"),
            Provider = provider,
            ProviderUserId = providerUserId,
            EmailAddress = email,
            Token = token,
            Scopes = scopes,
            CreatedAt = now,
            UpdatedAt = now,
        };
        user.ExternalAccounts.Add(account);
        UserChange.Done(world, user);
        return ClerkAnswer.Ok(json => ExternalAccountJson.Write(json, user, account));
    }
}
