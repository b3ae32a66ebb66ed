using System.Collections.Concurrent;
using System.Collections.Frozen;
using Gatehouse.Access;
using Gatehouse.AspNetCore.Authorization;
using Gatehouse.AspNetCore.BrowserSessions.Internal;
using Gatehouse.AspNetCore.Revocations;
using Gatehouse.Tokens;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>The app's entrances by their scheme's name, made once from the options.</summary>
internal sealed class Entrances(
    IEnumerable<EntranceName> added,
    KnownIssuers issuers,
    IOptionsMonitor<EntranceOptions> options,
    IOptions<AccessOptions> access,
    IOptions<RevocationOptions> revocations)
{
    private readonly FrozenSet<string> _added = added.Select(entrance => entrance.Name).ToFrozenSet(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, NamedEntrance> _entrances = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _added;

    public bool Has(string scheme) => _added.Contains(scheme);

    public NamedEntrance Get(string scheme) => _entrances.GetOrAdd(scheme, Make);

    private NamedEntrance Make(string scheme)
    {
        // Options of any name can be had, and one that is mistyped would demand nearly nothing.
        if (!Has(scheme))
        {
            throw new InvalidOperationException($"no entrance is called '{scheme}': add it with AddEntrance");
        }

        var chosen = options.Get(scheme);
        var demands = new Entrance
        {
            Classes = chosen.Classes,
            Issuers = issuers.Resolve(chosen.Issuers),
            AuthorizedParties = chosen.AuthorizedParties.ToFrozenSet(StringComparer.Ordinal),
            AdmitAbsentParty = chosen.AdmitAbsentParty,
            Audiences = chosen.Audiences.ToFrozenSet(StringComparer.Ordinal),
            MachineId = chosen.MachineId,
            TemplateClaim = chosen.TemplateClaim,
            AdmitPending = chosen.AdmitPending,
            Skew = chosen.Skew,
            MaximumLifetimes = chosen.MaximumLifetimes with { },
            ReportOnly = chosen.ReportOnly.ToFrozenSet(),
            AdmitStaleRevocations = revocations.Value.WhenStale == StaleRevocations.Allow,
        };
        var roles = new RoleRules
        {
            RoleClaim = chosen.RoleClaim,
            TrustTemplateRole = chosen.TrustTemplateRole,
            MachineRoles = access.Value.Machines
                .Where(machine => machine.Value.Role is not null)
                .ToFrozenDictionary(machine => machine.Key, machine => machine.Value.Role!, StringComparer.Ordinal),
        };
        return new NamedEntrance(scheme, demands, roles, chosen.Realm, chosen.TakesCookies ? new CookieEntrance(demands, issuers.Main) : null);
    }
}
