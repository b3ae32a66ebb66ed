using System.Net.Mail;
using Gatehouse.Clerk.ServiceTokens;
using Microsoft.Extensions.Options;

namespace Aither;

/// <summary>Names every fault at once, by the variable that cures it.</summary>
internal sealed class AitherOptionsValidator : IValidateOptions<AitherOptions>
{
    public ValidateOptionsResult Validate(string? name, AitherOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.HemeraBaseUrl is null)
        {
            result.AddError("set HEMERA_API_BASE_URL to Hemera's address, such as https://api.hemera.academy", nameof(options.HemeraBaseUrl));
        }
        else if (!IsSafe(options.HemeraBaseUrl))
        {
            result.AddError(
                "HEMERA_API_BASE_URL must be an absolute https address (http only on loopback), without user, query or fragment",
                nameof(options.HemeraBaseUrl));
        }

        if (!Enum.GetNames<ServiceTokenKind>().Contains(options.TokenKind, StringComparer.Ordinal))
        {
            result.AddError($"Aither:TokenKind must be {string.Join(" or ", Enum.GetNames<ServiceTokenKind>())}", nameof(options.TokenKind));
        }

        if (options.ServiceUserEmail is { } email && !IsAddress(email))
        {
            result.AddError("CLERK_SERVICE_USER_EMAIL must be an e-mail address alone, or be left out", nameof(options.ServiceUserEmail));
        }

        return result.Build();
    }

    private static bool IsAddress(string text) => MailAddress.TryCreate(text, out var address) && address.Address == text;

    private static bool IsSafe(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address.UserInfo.Length == 0
        && address.Query.Length == 0
        && address.Fragment.Length == 0;
}
