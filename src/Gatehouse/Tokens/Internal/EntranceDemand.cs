namespace Gatehouse.Tokens.Internal;

/// <summary>One demand of an entrance.</summary>
/// <param name="Name">What it is about, for explanations.</param>
/// <param name="Failure">What a token that does not meet it is refused for.</param>
/// <param name="IsMet">Whether a token meets it.</param>
internal sealed record EntranceDemand(string Name, TokenFailure Failure, EntranceDemand.Check IsMet)
{
    public delegate bool Check(in EntranceQuestion question);
}
