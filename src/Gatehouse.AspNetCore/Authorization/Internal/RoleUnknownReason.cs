using Microsoft.AspNetCore.Authorization;

namespace Gatehouse.AspNetCore.Authorization.Internal;

/// <summary>Authorization failed because nobody could say what the caller's role is: 503, and not 403 for everybody.</summary>
internal sealed class RoleUnknownReason(IAuthorizationHandler handler)
    : AuthorizationFailureReason(handler, "the role cannot be looked up just now");
