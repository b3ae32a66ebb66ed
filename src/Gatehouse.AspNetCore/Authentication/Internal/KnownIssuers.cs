using System.Collections.Frozen;
using Gatehouse.Clerk;
using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>The issuers whose tokens this app can verify, by the names that entrances give them: an instance's name, or the issuer's own.</summary>
internal sealed class KnownIssuers
{
    private readonly FrozenDictionary<string, string> _issuers;
    private readonly FrozenSet<string> _unnamed;

    public KnownIssuers(IServiceProvider services, IEnumerable<ClerkInstance> instances, IEnumerable<TokenIssuer> others)
    {
        Main = ClerkIssuer.OfMain(services);
        Instances = [.. instances
            .Select(instance => (instance.Name, Issuer: ClerkIssuer.Of(instance, services)))
            .Where(instance => instance.Issuer is not null)
            .Select(instance => new NamedIssuer(instance.Name, instance.Issuer!))];
        TokenIssuer[] byHand = [.. others];
        All = [Main, .. Instances.Select(instance => instance.Issuer), .. byHand];
        _issuers = Instances.Append(new NamedIssuer(ClerkDefaults.MainInstance, Main))
            .Select(instance => KeyValuePair.Create(instance.Name, instance.Issuer.Name))
            .Concat(All.Select(issuer => KeyValuePair.Create(issuer.Name, issuer.Name)).DistinctBy(issuer => issuer.Key, StringComparer.Ordinal))
            .ToFrozenDictionary(StringComparer.Ordinal);

        // None to say means all that the verifier knows, which needs no look at all where there are no further instances.
        _unnamed = Instances.Count == 0 ? [] : byHand.Prepend(Main).Select(issuer => issuer.Name).ToFrozenSet(StringComparer.Ordinal);
    }

    public TokenIssuer Main { get; }

    public IReadOnlyList<NamedIssuer> Instances { get; }

    public IReadOnlyList<TokenIssuer> All { get; }

    public IEnumerable<string> Names => _issuers.Keys.Order(StringComparer.Ordinal);

    public bool Has(string name) => _issuers.ContainsKey(name);

    /// <summary>The issuers that an entrance takes. A further instance enters nowhere unless it is named.</summary>
    /// <exception cref="KeyNotFoundException">One of the names is no issuer's.</exception>
    public FrozenSet<string> Resolve(IList<string> names) =>
        names.Count == 0 ? _unnamed : names.Select(name => _issuers[name]).ToFrozenSet(StringComparer.Ordinal);
}
