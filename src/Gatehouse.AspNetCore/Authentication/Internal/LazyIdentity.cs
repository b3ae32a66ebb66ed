using System.Security.Claims;
using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>The framework's list of claims, made when somebody first looks at it: most requests never do.</summary>
internal sealed class LazyIdentity(TokenClaims token) : ClaimsIdentity(GatehouseDefaults.Scheme, "sub", roleType: null)
{
    private bool _filled;

    public override IEnumerable<Claim> Claims
    {
        get
        {
            Fill();
            return base.Claims;
        }
    }

    public override ClaimsIdentity Clone()
    {
        Fill();
        return base.Clone();
    }

    // One request is one thread at a time, and the identity belongs to one request.
    private void Fill()
    {
        if (_filled)
        {
            return;
        }

        _filled = true;
        Add("sub", token.Subject);
        Add(ClaimTypes.NameIdentifier, token.Subject);   // by which SignalR finds a user's connections
        Add("token_class", token.Class.ToString());
        Add("sid", token.SessionId);
        Add("azp", token.AuthorizedParty);
        Add("org_id", token.Organization?.Id);
        Add("org_role", token.Organization?.Role);
    }

    private void Add(string type, string? value)
    {
        if (value is not null)
        {
            AddClaim(new Claim(type, value, ClaimValueTypes.String, token.Issuer));
        }
    }
}
