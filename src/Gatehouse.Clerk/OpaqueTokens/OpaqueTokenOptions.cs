namespace Gatehouse.Clerk.OpaqueTokens;

/// <summary>How Clerk's word about opaque tokens is kept, and how many calls strangers may cause.</summary>
public sealed class OpaqueTokenOptions
{
    /// <summary>How long Clerk's word that a token is good is taken, at most; never beyond the token's own end.</summary>
    /// <value>
    /// Default 60 seconds; 0 to 60 seconds. It is the time within which a revocation at Clerk is noticed, and a busy client costs one call
    /// in it; 0 asks at every use. (A revocation made here, in the revocation list, is seen by the next request whatever this is.)
    /// </value>
    public TimeSpan CacheDuration { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many good tokens are remembered. Those that Clerk does not know have as many places of their own.</summary>
    /// <value>Default 10,000; 1 to 1,000,000. A good token that lost its place costs a call at its next use.</value>
    public int MaximumTokens { get; set; } = 10_000;

    /// <summary>How many calls about tokens that nobody showed before may be under way, and as many again about known ones.</summary>
    /// <value>Default 16; 1 to 256.</value>
    public int MaximumCalls { get; set; } = 16;

    /// <summary>How many tokens of either kind may wait for such a call. Beyond it the answer is "unavailable" at once.</summary>
    /// <value>Default 256; 0 to 10,000. At 50 milliseconds a call, 256 wait for less than a second.</value>
    public int MaximumWaiting { get; set; } = 256;

    /// <summary>How many calls that end with "not a good token" strangers may cause: as many at once, and as many more in 10 seconds.</summary>
    /// <value>
    /// Default 50; 1 to 10,000. A call that finds a good token is not counted, and one about a token that was good before is neither counted
    /// nor held up. Clerk takes 1000 calls in 10 seconds from a production instance and 100 from a development one, for everything
    /// together: too high lets made-up tokens use them up, too low lets strangers hold up good tokens that this process has not seen yet.
    /// </value>
    public int MaximumFruitlessCalls { get; set; } = 50;

    /// <summary>The most time that a caller waits for Clerk's word, the waiting for a turn included.</summary>
    /// <value>Default 5 seconds; 100 milliseconds to 1 minute.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);
}
