namespace Gatehouse.Clerk.ServiceTokens.Internal;

/// <summary>A token that is kept. A class and no record: its text must not show the token.</summary>
/// <param name="token">The token.</param>
/// <param name="freshUntil">Until when it is used without a thought of another.</param>
/// <param name="servesUntil">Until when it is used while no other can be had.</param>
internal sealed class HeldToken(string token, DateTimeOffset freshUntil, DateTimeOffset servesUntil)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private DateTimeOffset _triesAgainAt;
    private int _failures;

    public string Token => token;

    public DateTimeOffset FreshUntil => freshUntil;

    public DateTimeOffset ServesUntil => servesUntil;

    /// <summary>Fresh; or stale, when a renewal has failed a moment ago.</summary>
    public bool IsAtHand(DateTimeOffset now) => now < freshUntil || (now < servesUntil && now < _triesAgainAt);

    /// <summary>The same token after one more renewal that did not come about.</summary>
    /// <param name="now">When it did not.</param>
    /// <param name="told">How long Clerk asks to be left alone, if it does.</param>
    /// <param name="pause">When renewal is tried again: after a second, doubling with jitter, and not before Clerk wants it.</param>
    public HeldToken Postponed(DateTimeOffset now, TimeSpan? told, out TimeSpan pause)
    {
        pause = Patience.Jitter(Patience.Backoff(FirstPause, _failures + 1));
        pause = told > pause ? told.Value : pause;
        return new HeldToken(token, freshUntil, servesUntil) { _triesAgainAt = now + pause, _failures = _failures + 1 };
    }
}
