using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>Gives the token that a request is forwarded with.</summary>
internal interface ITokenGiver
{
    /// <returns>Null if there is none, which has been logged.</returns>
    ValueTask<string?> FindAsync(HttpContext context, CancellationToken cancellationToken);

    /// <summary>Hears that the upstream has refused a token as such (401).</summary>
    /// <returns>Whether another may be had.</returns>
    bool Refused(string token);
}
