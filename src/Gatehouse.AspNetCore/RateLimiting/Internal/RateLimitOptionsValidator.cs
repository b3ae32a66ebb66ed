using Gatehouse.AspNetCore.Authorization;
using Gatehouse.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

internal sealed class RateLimitOptionsValidator(IConfiguration configuration, IOptions<AccessOptions> access) : IValidateOptions<RateLimitOptions>
{
    public ValidateOptionsResult Validate(string? name, RateLimitOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        var faults = new List<string>();
        ConfigureLimits.Read(configuration, options, faults);   // reading it twice changes nothing
        foreach (var fault in faults)
        {
            result.AddError(fault);
        }

        if (options.StoreTimeout < TimeSpan.FromMilliseconds(10) || options.StoreTimeout > TimeSpan.FromMinutes(1))
        {
            result.AddError("must be 10 milliseconds to 1 minute", nameof(options.StoreTimeout));
        }

        foreach (var reported in options.ReportOnly.Where(reported => !options.Policies.ContainsKey(reported) && reported != options.AddressPolicy.Name))
        {
            result.AddError($"no limit is called '{reported}'", nameof(options.ReportOnly));
        }

        foreach (var (key, limit) in options.Policies)
        {
            CheckLimit(key, limit, result);
        }

        return result.Build();
    }

    private void CheckLimit(string key, PrefixedLimit limit, ValidateOptionsResultBuilder result)
    {
        if (key != limit.Policy.Name)
        {
            result.AddError($"holds the policy '{limit.Policy.Name}', whose name clients would see instead", $"Policies:{key}");
        }

        if ((limit.Classes & PrefixedLimit.AllClasses) == TokenClass.None)
        {
            result.AddError($"must name one or more of {PrefixedLimit.AllClasses}", $"Policies:{key}:Classes");
        }

        foreach (var role in limit.ExemptRoles.Where(role => !access.Value.Roles.ContainsKey(role)))
        {
            result.AddError($"no role is called '{role}': add it to Gatehouse:Roles", $"Policies:{key}:ExemptRoles");
        }

        if (limit.By == LimitBy.Address && limit.ExemptSubjects.Count + limit.ExemptRoles.Count > 0)
        {
            result.AddError("exempts nobody: it counts before anybody is known", $"Policies:{key}:By");
        }
    }
}
