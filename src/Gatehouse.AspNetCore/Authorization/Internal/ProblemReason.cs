using Microsoft.AspNetCore.Authorization;

namespace Gatehouse.AspNetCore.Authorization.Internal;

/// <summary>Authorization failed in a way that has an answer of its own: what could not be decided is not refused as if it had been.</summary>
internal sealed class ProblemReason(IAuthorizationHandler handler, int status, string code) : AuthorizationFailureReason(handler, code)
{
    public int Status { get; } = status;

    public string Code { get; } = code;
}
