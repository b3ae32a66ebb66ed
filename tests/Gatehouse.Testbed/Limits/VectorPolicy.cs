namespace Gatehouse.Testbed.Limits;

/// <summary>The policy of a sequence; the window, or a bucket's interval, in milliseconds.</summary>
public sealed record VectorPolicy(string Algorithm, int Limit, int Window, int Refill);
