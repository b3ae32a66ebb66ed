using Gatehouse.Clerk;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>
/// An app with an entrance must know whose tokens to take; one that only calls Clerk need not, and nor need a further instance that is only
/// called.
/// </summary>
internal sealed class IssuerValidator : IValidateOptions<ClerkOptions>
{
    public ValidateOptionsResult Validate(string? name, ClerkOptions options) =>
        options.PublishableKey is null && string.IsNullOrEmpty(name)
            ? ValidateOptionsResult.Fail("CLERK_PUBLISHABLE_KEY is needed to know whose tokens to take (Clerk dashboard, API keys)")
            : ValidateOptionsResult.Success;
}
