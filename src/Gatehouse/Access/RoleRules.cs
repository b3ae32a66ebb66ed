using System.Collections.Frozen;
using Gatehouse.Tokens;

namespace Gatehouse.Access;

/// <summary>
/// Where the application role of a caller comes from. A caller holds only what the receiver gives: whoever mints a machine token chooses its
/// claims, so nothing in it is authority, and a machine's role is configured here by its id.
/// </summary>
public sealed record RoleRules
{
    /// <summary>The claim of session tokens that names the role. Default <c>role</c>.</summary>
    public string RoleClaim { get; init; } = "role";

    /// <summary>
    /// Whether a template token's role claim counts. Default no. Only for an entrance that tells its template from all others, by audience
    /// or by <see cref="Entrance.TemplateClaim"/>.
    /// </summary>
    public bool TrustTemplateRole { get; init; }

    /// <summary>The role of each machine, by its id.</summary>
    public FrozenDictionary<string, string> MachineRoles { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Decides from the token alone, if it can.</summary>
    /// <returns>The role; nothing; or the word that the person's public metadata must be asked.</returns>
    public RoleDecision Decide(TokenClaims claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        if (claims.RoleMemo is { } memo && ReferenceEquals(memo.Rules, this))
        {
            return memo.Decision;
        }

        var decision = DecideAnew(claims);
        claims.RoleMemo = new RoleMemo(this, decision);
        return decision;
    }

    private RoleDecision DecideAnew(TokenClaims claims)
    {
        return claims.Class switch
        {
            TokenClass.Session => FromClaim(claims),
            TokenClass.Template => TrustTemplateRole ? FromClaim(claims) : RoleDecision.AskDirectory,
            TokenClass.M2M => RoleDecision.Of(MachineRoles.GetValueOrDefault(claims.Subject)),
            _ => RoleDecision.Of(null),
        };
    }

    private RoleDecision FromClaim(TokenClaims claims) =>
        claims.FindText(RoleClaim) is { Length: > 0 } role ? RoleDecision.Of(role) : RoleDecision.AskDirectory;
}
