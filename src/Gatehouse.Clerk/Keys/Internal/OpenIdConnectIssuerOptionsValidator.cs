using Gatehouse.Clerk.Internal;
using Microsoft.Extensions.Options;

namespace Gatehouse.Clerk.Keys.Internal;

/// <summary>Checks an issuer's name, which is the options' name, and the options.</summary>
internal sealed class OpenIdConnectIssuerOptionsValidator : IValidateOptions<OpenIdConnectIssuerOptions>
{
    /// <summary>For a source that is made by hand.</summary>
    /// <exception cref="OptionsValidationException">Something is out of bounds; the message names every fault.</exception>
    public static OpenIdConnectIssuerOptions Checked(string issuer, OpenIdConnectIssuerOptions options) =>
        new OpenIdConnectIssuerOptionsValidator().Validate(issuer, options) is { Failed: true } refused
            ? throw new OptionsValidationException(issuer, typeof(OpenIdConnectIssuerOptions), refused.Failures)
            : options;

    public ValidateOptionsResult Validate(string? name, OpenIdConnectIssuerOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (!Addresses.TryParse(name, out _))
        {
            result.AddError($"the issuer {Addresses.Demand}");
        }

        if (options.KeySetAddress is not null && !Addresses.IsSafeWithQuery(options.KeySetAddress))
        {
            result.AddError("must be an absolute https address (http only on loopback), without user or fragment", nameof(options.KeySetAddress));
        }

        foreach (var fault in KeySetSourceOptionsCheck.FaultsOfTheRest(options.ForKeysAt(new Uri("https://any.invalid"))))
        {
            result.AddError(fault);
        }

        return result.Build();
    }
}
