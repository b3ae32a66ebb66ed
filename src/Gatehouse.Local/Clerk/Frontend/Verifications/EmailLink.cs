using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.Http;

namespace Gatehouse.Local.Clerk.Frontend.Verifications;

/// <summary>
/// What the token in an e-mail's link stands for: a verification that a browser waits for. It names the browser and the link's secret,
/// so that a link that was replaced by a later one is told from one that never was.
/// </summary>
internal sealed record EmailLink(BrowserClient Client, string Secret)
{
    private const char Separator = '.';

    public static string UrlOf(string self, BrowserClient client, Verification verification) =>
        $"{self}{FrontendRoutes.Prefix}/verify?token={client.Id}{Separator}{verification.LinkSecret}";

    /// <summary>Null when no browser of this instance can have asked for it.</summary>
    public static EmailLink? Read(ClerkData data, string token)
    {
        var end = token.IndexOf(Separator, StringComparison.Ordinal);
        return end > 0 && data.Clients.Find(token[..end]) is { } client ? new EmailLink(client, token[(end + 1)..]) : null;
    }

    public bool IsOf(Verification? verification) => verification?.LinkSecret is { } secret && secret == Secret;
}
