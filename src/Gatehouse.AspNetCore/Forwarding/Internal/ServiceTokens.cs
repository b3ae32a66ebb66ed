using Gatehouse.Clerk.ServiceTokens;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>This app's own token for the upstream.</summary>
internal sealed class ServiceTokens(IServiceTokenSource source) : ITokenGiver
{
    public async ValueTask<string?> FindAsync(HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await source.GetTokenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ServiceTokenException)
        {
            return null;   // the source has logged why
        }
    }

    public bool Refused(string token)
    {
        source.Invalidate(token);
        return true;
    }
}
