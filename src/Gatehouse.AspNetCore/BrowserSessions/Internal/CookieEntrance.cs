using System.Collections.Frozen;
using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>What an entrance demands of a cookie's token, where it takes cookies.</summary>
internal sealed class CookieEntrance
{
    public CookieEntrance(Entrance entrance, TokenIssuer main)
    {
        Demands = entrance with
        {
            Classes = TokenClass.Session,
            AdmitAbsentParty = true,
            Issuers = FrozenSet.Create(StringComparer.Ordinal, main.Name),   // the cookies are the main instance's, by their names
        };
        ExpiredDemands = Demands with { AdmitExpired = true };
    }

    /// <summary>Sessions only. A token without <c>azp</c> enters: a plain navigation tells Clerk no origin to write.</summary>
    public Entrance Demands { get; }

    /// <summary>The same, for a token whose time is over.</summary>
    public Entrance ExpiredDemands { get; }
}
