using Gatehouse.AspNetCore.Authentication.Internal;
using Gatehouse.AspNetCore.BrowserSessions.Internal;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.ForwardAuth.Internal;

/// <summary>Says step by step why a token was refused, to whoever sets a proxy up and asks for it.</summary>
internal sealed class RefusalExplainer(TokenVerifier verifier, CookieNames names, IOptions<ForwardAuthOptions> options)
{
    /// <returns>A line for each step; null where nobody asked, or no token was shown.</returns>
    public async ValueTask<string[]?> ExplainAsync(HttpContext context, NamedEntrance entrance)
    {
        if (!options.Value.Explain || Find(context, entrance) is not { } shown)
        {
            return null;
        }

        var explanation = await verifier.ExplainAsync(shown.Token, shown.Demands, context.RequestAborted).ConfigureAwait(false);
        return [.. explanation.Steps.Select(step => $"{step.Name}: {(step.Passed ? "passed" : step.Failure!.Value.ToCode())}: {step.Words}")];
    }

    private (string Token, Entrance Demands)? Find(HttpContext context, NamedEntrance entrance)
    {
        if (BearerHeader.TryRead(context.Request.Headers.Authorization, out var token) && !token.IsEmpty)
        {
            return (token.ToString(), entrance.Demands);
        }

        return entrance.Cookies is { } cookies && SessionCookies.Read(context.Request.Headers.Cookie, names).Session is { } session
            ? (session, cookies.Demands)
            : null;
    }
}
