using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>
/// The text of the token that the caller was admitted by, as a feature of the request. Only an entrance that took it from elsewhere than the
/// <c>Authorization</c> header, or renewed it, sets it: for all others the header says it, to the few that ask.
/// </summary>
internal sealed class PresentedToken(string text)
{
    public string Text { get; } = text;

    public override string ToString() => "***";

    /// <returns>Null when the request shows no token.</returns>
    public static string? Of(HttpContext context)
    {
        if (context.Features.Get<PresentedToken>() is { } presented)
        {
            return presented.Text;
        }

        return BearerHeader.TryRead(context.Request.Headers.Authorization, out var token) && !token.IsEmpty ? token.ToString() : null;
    }
}
