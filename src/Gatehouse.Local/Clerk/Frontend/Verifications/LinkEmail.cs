using System.Net;
using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Verifications;

namespace Gatehouse.Local.Clerk.Frontend.Verifications;

/// <summary>The mail that would carry a link, which a person finds on the control page, and a test in the messages.</summary>
internal static class LinkEmail
{
    private const int MillisecondsPerMinute = 60_000;

    /// <summary>Tells of the mail.</summary>
    /// <param name="call">Whose address the link begins with.</param>
    /// <param name="world">The instance.</param>
    /// <param name="purpose">What the link is for: <c>sign_in</c>, <c>sign_up</c> or <c>user_profile</c>.</param>
    /// <param name="client">The browser that asked for it.</param>
    /// <param name="verification">What it proves.</param>
    /// <param name="address">Where it goes.</param>
    /// <param name="addressId">The id of the address, if it is a user's.</param>
    /// <param name="userId">The user, if there is one.</param>
    public static void Raise(
        FrontendCall call,
        ClerkWorld world,
        string purpose,
        BrowserClient client,
        Verification verification,
        string address,
        string? addressId = null,
        string? userId = null)
    {
        var url = EmailLink.UrlOf(call.Self, client, verification);
        var minutes = CodeVerification.Lifetime / MillisecondsPerMinute;
        new MailEvent(
            $"magic_link_{purpose}",
            "Your verification link",
            $"""<p><a href="{WebUtility.HtmlEncode(url)}">Open this link</a> within {minutes} minutes.</p>""",
            $"Open this link within {minutes} minutes: {url}")
        {
            Address = address,
            AddressId = addressId,
            UserId = userId,
            Data = json =>
            {
                json.WriteString("magic_link", url);
                json.WriteNumber("ttl_minutes", minutes);
            },
        }.Raise(world);
    }
}
