namespace Gatehouse.Testbed.Limits;

/// <summary>One call and its answer; times in unix milliseconds.</summary>
public sealed record VectorCall(long At, int Cost, bool Allowed, long Remaining, long Reset);
