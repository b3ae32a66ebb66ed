using Aither.Upstream;

namespace Aither.Sync;

/// <summary>What attendance makes of a participation. The same minutes always give the same words, so that writing them twice changes nothing.</summary>
internal static class AttendanceRule
{
    private const string Passed = "passed";
    private const string Failed = "failed";

    /// <summary>How much of a course must have been attended, in per cent.</summary>
    private const int RequiredPercent = 80;

    /// <returns>Null where Aither has nothing to say: no attendance is known, or the course has no recordings to measure it by.</returns>
    /// <param name="attended">The minutes attended; null if unknown.</param>
    /// <param name="total">The course's minutes.</param>
    public static HemeraResult? Judge(long? attended, long total)
    {
        if (attended is not { } known || total <= 0)
        {
            return null;
        }

        // Whoever watches something twice has not attended more than all of it.
        var minutes = Math.Clamp(known, 0, total);
        var passed = minutes * 100 >= total * RequiredPercent;
        return new HemeraResult(
            passed ? Passed : Failed,
            $"Attended {minutes} of {total} minutes ({minutes * 100 / total} %; {RequiredPercent} % needed).");
    }
}
