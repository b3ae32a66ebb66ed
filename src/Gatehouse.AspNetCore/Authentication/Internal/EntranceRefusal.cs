using Gatehouse.Tokens;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>Why authentication failed in this request: a feature of the request, which the challenge turns into an answer.</summary>
internal sealed record EntranceRefusal(string Code, int Status)
{
    // To call a good token bad would make clients throw it away.
    public static EntranceRefusal Of(TokenFailure failure) =>
        new(failure.ToCode(), failure.IsOurs() ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status401Unauthorized);
}
