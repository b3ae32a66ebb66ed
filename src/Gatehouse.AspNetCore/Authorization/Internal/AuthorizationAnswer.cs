using Gatehouse.AspNetCore.Problems.Internal;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Authorization.Internal;

/// <summary>The framework's answers, but for one: what could not be decided is not refused as if it had been.</summary>
internal sealed class AuthorizationAnswer : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var undecided = authorizeResult.Forbidden
            && authorizeResult.AuthorizationFailure?.FailureReasons.OfType<RoleUnknownReason>().Any() == true;
        if (!undecided)
        {
            return _usual.HandleAsync(next, context, policy, authorizeResult);
        }

        context.Response.Headers.RetryAfter = "5";
        return context.WriteProblemAsync(StatusCodes.Status503ServiceUnavailable, "role-unavailable");
    }
}
