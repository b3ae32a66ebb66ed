using Microsoft.Extensions.Options;

namespace ShtetlZmanim;

internal sealed class ShtetlZmanimOptionsValidator : IValidateOptions<ShtetlZmanimOptions>
{
    private const int Maximum = 1_000_000;

    public ValidateOptionsResult Validate(string? name, ShtetlZmanimOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.M2MRequestsPerHour is < 1 or > Maximum)
        {
            result.AddError("must be 1 to 1,000,000", "ShtetlZmanim:M2MRequestsPerHour");
        }

        if (options.ApiKeyRequestsPerHour is < 1 or > Maximum)
        {
            result.AddError("must be 1 to 1,000,000", "ShtetlZmanim:ApiKeyRequestsPerHour");
        }

        return result.Build();
    }
}
