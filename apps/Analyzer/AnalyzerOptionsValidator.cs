using Microsoft.Extensions.Options;

namespace Analyzer;

internal sealed class AnalyzerOptionsValidator : IValidateOptions<AnalyzerOptions>
{
    public ValidateOptionsResult Validate(string? name, AnalyzerOptions options) =>
        options.RequestsPerMinute is < 1 or > 100_000
            ? ValidateOptionsResult.Fail("Analyzer:RequestsPerMinute must be 1 to 100,000")
            : ValidateOptionsResult.Success;
}
