using Gatehouse.Clerk;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>An app with an entrance must know whose tokens to take; one that only calls Clerk need not.</summary>
internal sealed class IssuerValidator : IValidateOptions<ClerkOptions>
{
    public ValidateOptionsResult Validate(string? name, ClerkOptions options) =>
        options.PublishableKey is null
            ? ValidateOptionsResult.Fail("CLERK_PUBLISHABLE_KEY is needed to know whose tokens to take (Clerk dashboard, API keys)")
            : ValidateOptionsResult.Success;
}
