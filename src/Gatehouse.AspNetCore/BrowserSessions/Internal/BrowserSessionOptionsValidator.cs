using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

internal sealed class BrowserSessionOptionsValidator : IValidateOptions<BrowserSessionOptions>
{
    public ValidateOptionsResult Validate(string? name, BrowserSessionOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.SignInUrl is { } page
            && !(Uri.TryCreate(page, UriKind.Absolute, out var address)
                && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))))
        {
            result.AddError("must be an absolute https:// address (http:// on loopback only)", nameof(options.SignInUrl));
        }

        return result.Build();
    }
}
