using System.Collections.Frozen;
using Gatehouse.AspNetCore.Authentication.Internal;
using Gatehouse.AspNetCore.BrowserSessions.Internal;
using Gatehouse.Tokens;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.ForwardAuth.Internal;

/// <summary>The rules by their names, made once from the options.</summary>
internal sealed class ForwardAuthRules
{
    private readonly FrozenDictionary<string, NamedRule> _rules;

    public ForwardAuthRules(IOptions<ForwardAuthOptions> options, Entrances entrances, KnownIssuers issuers)
    {
        var main = entrances.Get(GatehouseDefaults.Scheme);
        _rules = options.Value.Rules
            .Append(KeyValuePair.Create("", new ForwardAuthRule()))
            .ToFrozenDictionary(rule => rule.Key, rule => Make(rule.Key, rule.Value, main, issuers), StringComparer.Ordinal);
    }

    /// <returns>Null for an unknown name, which refuses.</returns>
    public NamedRule? Find(string name) => _rules.GetValueOrDefault(name);

    private static NamedRule Make(string name, ForwardAuthRule rule, NamedEntrance main, KnownIssuers issuers)
    {
        var demands = main.Demands with { Classes = rule.Classes };
        var cookies = rule.TakesCookies && rule.Classes.HasFlag(TokenClass.Session) && demands.AuthorizedParties.Count > 0
            ? new CookieEntrance(demands, issuers.Main)
            : null;
        return new NamedRule(rule, main with { Name = $"forward-auth:{name}", Demands = demands, Cookies = cookies });
    }
}
