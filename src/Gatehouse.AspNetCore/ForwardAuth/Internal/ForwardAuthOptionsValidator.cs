using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Authorization;
using Gatehouse.AspNetCore.Proxies.Internal;
using Gatehouse.AspNetCore.RateLimiting;
using Gatehouse.Clerk;
using Gatehouse.Tokens;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.ForwardAuth.Internal;

internal sealed class ForwardAuthOptionsValidator(
    IOptionsMonitor<EntranceOptions> entrances,
    IOptions<AccessOptions> access,
    IOptions<RateLimitOptions> limits,
    IOptions<ClerkOptions> clerk)
    : IValidateOptions<ForwardAuthOptions>
{
    private const TokenClass Verifiable =
        TokenClass.Session | TokenClass.Template | TokenClass.M2M | TokenClass.OAuth | TokenClass.ApiKey;

    public ValidateOptionsResult Validate(string? name, ForwardAuthOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        foreach (var proxy in options.Proxies.Where(proxy => TrustedProxies.Parse(proxy) is null))
        {
            result.AddError($"'{proxy}' is neither an address nor a network such as 10.0.0.0/8", nameof(options.Proxies));
        }

        foreach (var (rule, demands) in options.Rules)
        {
            if (!ForwardAuthTarget.IsName(rule))
            {
                result.AddError($"'{rule}' is no name: 1 to 64 letters, digits, - and _", nameof(options.Rules));
            }

            CheckRule(rule, demands, result);
        }

        return result.Build();
    }

    private void CheckRule(string name, ForwardAuthRule rule, ValidateOptionsResultBuilder result)
    {
        if (rule.Classes == TokenClass.None || (rule.Classes & ~Verifiable) != TokenClass.None)
        {
            Add("Classes", $"must name one or more of {Verifiable}");
        }

        if (rule.Classes.HasFlag(TokenClass.M2M) && entrances.Get(GatehouseDefaults.Scheme).MachineId is null)
        {
            Add("Classes", "M2M needs Gatehouse:MachineId, the machine that such tokens must name as their receiver");
        }

        if (rule.RateLimit is { } limit && !limits.Value.Policies.ContainsKey(limit))
        {
            Add("RateLimit", $"no limit is called '{limit}'");
        }

        if (rule.Role is { } role && !access.Value.Roles.ContainsKey(role))
        {
            Add("Role", $"no role is called '{role}': add it to Gatehouse:Roles");
        }

        if (rule.Operator is not null && rule.Classes != TokenClass.Session)
        {
            Add("Operator", "takes sessions only: operators are people");
        }

        foreach (var status in rule.Statuses.Where(status => status is < 400 or > 599))
        {
            Add("Statuses", $"{status} is no refusal");
        }

        if (rule.Statuses.Count > 0 && !rule.Statuses.Contains(403))
        {
            Add("Statuses", "must include 403, which every other refusal becomes");
        }

        // Without parties no cookie is taken at all; with them, renewing takes the secret.
        if (rule.TakesCookies && entrances.Get(GatehouseDefaults.Scheme).AuthorizedParties.Count > 0 && clerk.Value.SecretKey is null)
        {
            Add("TakesCookies", "CLERK_SECRET_KEY is needed to renew the sessions of browsers (Clerk dashboard, API keys)");
        }

        void Add(string member, string fault) => result.AddError(fault, $"Rules:{name}:{member}");
    }
}
