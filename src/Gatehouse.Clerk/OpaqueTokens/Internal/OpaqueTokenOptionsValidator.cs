using Microsoft.Extensions.Options;

namespace Gatehouse.Clerk.OpaqueTokens.Internal;

internal sealed class OpaqueTokenOptionsValidator : IValidateOptions<OpaqueTokenOptions>
{
    /// <summary>For a source that is made by hand.</summary>
    /// <exception cref="OptionsValidationException">Something is out of bounds; the message names every fault.</exception>
    public static OpaqueTokenOptions Checked(OpaqueTokenOptions options) =>
        new OpaqueTokenOptionsValidator().Validate(name: null, options) is { Failed: true } refused
            ? throw new OptionsValidationException(nameof(OpaqueTokenOptions), typeof(OpaqueTokenOptions), refused.Failures)
            : options;

    public ValidateOptionsResult Validate(string? name, OpaqueTokenOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.CacheDuration < TimeSpan.Zero || options.CacheDuration > TimeSpan.FromSeconds(60))
        {
            result.AddError("must be 0 to 60 seconds", nameof(options.CacheDuration));
        }

        if (options.MaximumTokens is < 1 or > 1_000_000)
        {
            result.AddError("must be 1 to 1,000,000", nameof(options.MaximumTokens));
        }

        if (options.MaximumCalls is < 1 or > 256)
        {
            result.AddError("must be 1 to 256", nameof(options.MaximumCalls));
        }

        if (options.MaximumWaiting is < 0 or > 10_000)
        {
            result.AddError("must be 0 to 10,000", nameof(options.MaximumWaiting));
        }

        if (options.MaximumFruitlessCalls is < 1 or > 10_000)
        {
            result.AddError("must be 1 to 10,000", nameof(options.MaximumFruitlessCalls));
        }

        if (options.Timeout < TimeSpan.FromMilliseconds(100) || options.Timeout > TimeSpan.FromMinutes(1))
        {
            result.AddError("must be 100 milliseconds to 1 minute", nameof(options.Timeout));
        }

        return result.Build();
    }
}
