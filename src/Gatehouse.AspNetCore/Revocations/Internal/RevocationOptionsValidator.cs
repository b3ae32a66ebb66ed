using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Revocations.Internal;

internal sealed class RevocationOptionsValidator : IValidateOptions<RevocationOptions>
{
    public ValidateOptionsResult Validate(string? name, RevocationOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.Feed is { } feed
            && !(feed.IsAbsoluteUri && (feed.Scheme == Uri.UriSchemeHttps || (feed.Scheme == Uri.UriSchemeHttp && feed.IsLoopback))))
        {
            result.AddError("must be an absolute HTTPS address, or HTTP on loopback", nameof(options.Feed));
        }

        if (!Enum.IsDefined(options.WhenStale))
        {
            result.AddError("must be Refuse or Allow", nameof(options.WhenStale));
        }

        return result.Build();
    }
}
