using Gatehouse.AspNetCore.Authentication;
using Gatehouse.Clerk;
using Gatehouse.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>What an entrance needs to take cookies.</summary>
internal sealed class CookieEntranceValidator(IOptions<ClerkOptions> clerk, IServiceProviderIsService services) : IValidateOptions<EntranceOptions>
{
    public ValidateOptionsResult Validate(string? name, EntranceOptions options)
    {
        if (!options.TakesCookies)
        {
            return ValidateOptionsResult.Success;
        }

        var result = new ValidateOptionsResultBuilder();
        if (!services.IsService(typeof(SessionEndpoints)))
        {
            result.AddError("needs AddBrowserSessions() in the app's code, which knows how a session is renewed", nameof(options.TakesCookies));
        }

        if (options.AuthorizedParties.Count == 0)
        {
            result.AddError(
                "must name the app's own origin, and those that share its cookie domain, where cookies are taken: browsers are sent back to no other",
                nameof(options.AuthorizedParties));
        }

        if (!options.Classes.HasFlag(TokenClass.Session))
        {
            result.AddError("must include Session where cookies are taken: nothing else stands in a cookie", nameof(options.Classes));
        }

        if (clerk.Value.SecretKey is null)
        {
            result.AddError("CLERK_SECRET_KEY is needed to renew the sessions of browsers (Clerk dashboard, API keys)");
        }

        return result.Build();
    }
}
