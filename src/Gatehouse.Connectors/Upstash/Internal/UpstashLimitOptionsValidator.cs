using Microsoft.Extensions.Options;

namespace Gatehouse.Connectors.Upstash.Internal;

/// <summary>Names every fault at once, by the variable that cures it. The token's text never appears.</summary>
internal sealed class UpstashLimitOptionsValidator : IValidateOptions<UpstashLimitOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public ValidateOptionsResult Validate(string? name, UpstashLimitOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (!IsSafe(options.Url))
        {
            result.AddError(
                "UPSTASH_REDIS_REST_URL must be the database's https address (http only on loopback), without user, query or fragment",
                nameof(options.Url));
        }

        if (options.Token is not { Length: > 0 } token || token.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            result.AddError("UPSTASH_REDIS_REST_TOKEN must be the database's token (Upstash console, REST API)", nameof(options.Token));
        }

        foreach (var prefix in options.Prefixes.Values.Append(options.Prefix).Where(string.IsNullOrEmpty))
        {
            result.AddError("a prefix must not be empty", prefix is null ? nameof(options.Prefixes) : nameof(options.Prefix));
        }

        if (options.Timeout < Shortest || options.Timeout > Longest)
        {
            result.AddError("must be 50 milliseconds to 5 seconds", nameof(options.Timeout));
        }

        return result.Build();
    }

    private static bool IsSafe(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address.UserInfo.Length == 0
        && address.Query.Length == 0
        && address.Fragment.Length == 0;
}
