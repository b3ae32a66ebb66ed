using Aither.Sync;
using Aither.Upstream;

namespace Aither.Tests;

public sealed class AttendanceRuleTests
{
    [Theory]
    [InlineData(240, 240, "passed", "Attended 240 of 240 minutes (100 %; 80 % needed).")]
    [InlineData(192, 240, "passed", "Attended 192 of 240 minutes (80 %; 80 % needed).")]
    [InlineData(191, 240, "failed", "Attended 191 of 240 minutes (79 %; 80 % needed).")]
    [InlineData(0, 240, "failed", "Attended 0 of 240 minutes (0 %; 80 % needed).")]
    [InlineData(500, 240, "passed", "Attended 240 of 240 minutes (100 %; 80 % needed).")]
    [InlineData(1, 1, "passed", "Attended 1 of 1 minutes (100 %; 80 % needed).")]
    public void Eighty_per_cent_of_the_minutes_pass(long attended, long total, string outcome, string notes) =>
        Assert.Equal(new HemeraResult(outcome, notes), AttendanceRule.Judge(attended, total));

    [Theory]
    [InlineData(null, 240L)]
    [InlineData(10L, 0L)]
    [InlineData(null, 0L)]
    public void Where_nothing_is_known_there_is_no_result(long? attended, long total) => Assert.Null(AttendanceRule.Judge(attended, total));
}
