using Gatehouse.Tokens;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>What can be said of one upstream's settings without looking at the app around them.</summary>
internal sealed class ForwardingOptionsValidator : IValidateOptions<ForwardingOptions>
{
    private const TokenClass Forwardable = TokenClass.Session | TokenClass.Template | TokenClass.M2M | TokenClass.OAuth | TokenClass.ApiKey;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    public ValidateOptionsResult Validate(string? name, ForwardingOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        CheckUpstream(options, result);
        CheckTimes(options, result);
        if (string.IsNullOrWhiteSpace(options.Service))
        {
            result.AddError("must name the upstream", nameof(options.Service));
        }

        if ((options.Token.Classes & ~Forwardable) != TokenClass.None)
        {
            result.AddError($"may name {Forwardable} only", nameof(options.Token));
        }

        if (options.Origin is { } origin && !IsOrigin(origin))
        {
            result.AddError($"'{origin}' is no origin: write scheme, host and port as browsers send them, such as https://app.example.com", nameof(options.Origin));
        }

        if (options.MaximumBodyBytes is < 0)
        {
            result.AddError("must be 0 or more, or null", nameof(options.MaximumBodyBytes));
        }

        if (options.MaximumResponseBytes is < 0)
        {
            result.AddError("must be 0 or more, or null", nameof(options.MaximumResponseBytes));
        }

        return result.Build();
    }

    private static void CheckUpstream(ForwardingOptions options, ValidateOptionsResultBuilder result)
    {
        var upstream = options.Upstream;
        if (!upstream.IsAbsoluteUri || upstream.Scheme is not ("http" or "https"))
        {
            result.AddError("must be an absolute http or https address", nameof(options.Upstream));
            return;
        }

        if (upstream.Query.Length > 0 || upstream.Fragment.Length > 0 || upstream.UserInfo.Length > 0)
        {
            result.AddError("must have neither query, fragment nor user: the request brings its own query", nameof(options.Upstream));
        }

        if (options.Token.IsSent && upstream.Scheme != Uri.UriSchemeHttps && !upstream.IsLoopback)
        {
            result.AddError("must be https (or http on loopback): a token is never sent in clear", nameof(options.Upstream));
        }
    }

    private static void CheckTimes(ForwardingOptions options, ValidateOptionsResultBuilder result)
    {
        CheckTime(options.Timeout, TimeSpan.FromHours(1), nameof(options.Timeout), result);
        CheckTime(options.IdleTimeout, TimeSpan.FromDays(1), nameof(options.IdleTimeout), result);
        CheckTime(options.StreamIdleTimeout, TimeSpan.FromDays(7), nameof(options.StreamIdleTimeout), result);
    }

    private static void CheckTime(TimeSpan time, TimeSpan longest, string setting, ValidateOptionsResultBuilder result)
    {
        if (time < Shortest || time > longest)
        {
            result.AddError($"must be {Shortest} to {longest}", setting);
        }
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var origin)
        && origin.Scheme is ("http" or "https")
        && string.Equals(origin.GetLeftPart(UriPartial.Authority), text, StringComparison.Ordinal);
}
