using Microsoft.Extensions.Options;

namespace GoodTalk;

internal sealed class GoodTalkOptionsValidator : IValidateOptions<GoodTalkOptions>
{
    public ValidateOptionsResult Validate(string? name, GoodTalkOptions options) =>
        Uri.TryCreate(options.AnalyzerUrl, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("ANALYZER_SERVICE_URL must be an https:// address (http:// on loopback only): people's tokens are sent there");
}
