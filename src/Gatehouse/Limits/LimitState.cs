using System.Runtime.InteropServices;

namespace Gatehouse.Limits;

/// <summary>What is kept of one caller under one policy. The default value is a caller that has never called.</summary>
/// <param name="Mark">
/// Windows: the number of the present window since the unix epoch. Token bucket: when tokens were last put back, unix milliseconds; 0 for a
/// bucket that nobody has touched.
/// </param>
/// <param name="Current">Windows: what has been taken in the present window. Token bucket: the tokens that are left.</param>
/// <param name="Previous">
/// Sliding window: what was taken in the window before. Token bucket: how long after the mark it was last written, milliseconds. Fixed
/// window: 0.
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LimitState(long Mark, int Current, int Previous);
