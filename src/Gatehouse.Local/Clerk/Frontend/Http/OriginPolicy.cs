
namespace Gatehouse.Local.Clerk.Frontend.Http;

/// <summary>
/// Which pages may call the Frontend API, and where browsers may be sent: loopback, and what was configured. Anybody else could sign a
/// developer in or out, or have a signed-in browser's token delivered.
/// </summary>
internal sealed class OriginPolicy(IReadOnlyList<string> allowed)
{
    public bool Allows(string origin) => Uri.TryCreate(origin, UriKind.Absolute, out var address) && Allows(address);

    /// <summary>An address to send a browser to; null when it may not be sent there.</summary>
    public Uri? ReadRedirect(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Length == 0 && Allows(address) ? address : null;

    public static string OriginOf(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private bool Allows(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && (Loopback.Contains(address.Host)
            || address.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || allowed.Contains(OriginOf(address), StringComparer.OrdinalIgnoreCase));
}
