using Gatehouse.Tokens;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Operators.Internal;

internal sealed class OperatorOptionsValidator : IValidateOptions<OperatorOptions>
{
    public ValidateOptionsResult Validate(string? name, OperatorOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (string.IsNullOrWhiteSpace(options.AdminRole))
        {
            result.AddError("must name a role", nameof(options.AdminRole));
        }

        if (options.Organization is { } organization && !ClerkIds.Is(ClerkIds.Organization, organization))
        {
            result.AddError("must be an organization's id (org_…)", nameof(options.Organization));
        }

        foreach (var permission in options.Grants.Values.SelectMany(granted => granted).Except(OperatorPermissions.All, StringComparer.Ordinal))
        {
            result.AddError($"'{permission}' is none of {string.Join(", ", OperatorPermissions.All)}", nameof(options.Grants));
        }

        if (options.RecentVerification < TimeSpan.FromMinutes(1) || options.RecentVerification > TimeSpan.FromDays(1))
        {
            result.AddError("must be 1 minute to 1 day", nameof(options.RecentVerification));
        }

        return result.Build();
    }
}
