using Gatehouse.Tokens;

namespace Gatehouse.Clerk.OpaqueTokens.Internal;

/// <summary>Clerk's word about one token, and how long it holds.</summary>
/// <param name="Lookup">The word.</param>
/// <param name="AskedAt">When Clerk was asked, by the monotonic clock: from before the call, so that its life is never longer than stated.</param>
/// <param name="Life">How long it holds from then on.</param>
internal sealed record Answer(OpaqueLookup Lookup, long AskedAt, TimeSpan Life)
{
    public bool Holds(TimeProvider time) => time.GetElapsedTime(AskedAt) < Life;
}
