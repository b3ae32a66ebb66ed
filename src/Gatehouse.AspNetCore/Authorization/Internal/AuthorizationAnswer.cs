using Gatehouse.AspNetCore.Problems.Internal;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Authorization.Internal;

/// <summary>The framework's answers, but where a handler gave one of its own.</summary>
internal sealed class AuthorizationAnswer : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var reason = authorizeResult.Forbidden
            ? authorizeResult.AuthorizationFailure?.FailureReasons.OfType<ProblemReason>().FirstOrDefault()
            : null;
        if (reason is null)
        {
            return _usual.HandleAsync(next, context, policy, authorizeResult);
        }

        if (reason.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "5";
        }

        return context.WriteProblemAsync(reason.Status, reason.Code);
    }
}
