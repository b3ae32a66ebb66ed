using Gatehouse.Tokens;

namespace Gatehouse.Clerk.OpaqueTokens.Internal;

/// <summary>How one wish to ask Clerk about a token ended.</summary>
/// <param name="WasAnswered">Whether Clerk said anything about the token. If not, nobody can say what it is.</param>
/// <param name="Word">What it said; null for "not a good token".</param>
/// <param name="AskedAt">When it was asked, by the monotonic clock.</param>
internal readonly record struct VerifyCall(bool WasAnswered, OpaqueToken? Word, long AskedAt)
{
    public static VerifyCall Unanswered { get; }
}
