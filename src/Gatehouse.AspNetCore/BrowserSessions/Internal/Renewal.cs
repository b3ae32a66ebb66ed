namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>What came of the attempt to renew a session.</summary>
/// <param name="Lines">The new cookies as Clerk wrote them; null where there are none.</param>
/// <param name="IsRefused">Clerk said no, with a reason of its own. Otherwise without lines: it could not be asked.</param>
internal sealed record Renewal(IReadOnlyList<string>? Lines, bool IsRefused)
{
    public static Renewal Refused { get; } = new(null, IsRefused: true);

    public static Renewal Away { get; } = new(null, IsRefused: false);
}
