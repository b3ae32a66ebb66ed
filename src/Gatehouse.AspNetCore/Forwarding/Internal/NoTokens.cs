using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>No token at all, which is never asked for.</summary>
internal sealed class NoTokens : ITokenGiver
{
    public ValueTask<string?> FindAsync(HttpContext context, CancellationToken cancellationToken) => default;

    public bool Refused(string token) => false;
}
