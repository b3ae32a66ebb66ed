using Aither.Upstream;

namespace Aither.Sync;

/// <summary>Pulls every course into Aither's store, and writes back the results that differ from Hemera's.</summary>
/// <remarks>
/// Running it twice is harmless, and so is breaking off: it compares before it writes, and what was not written differs the next time.
/// </remarks>
internal sealed partial class CourseSync(HemeraClient hemera, SyncStore store, TimeProvider time, ILogger<CourseSync> logger)
{
    public async Task<SyncReport> RunAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var courses = await PullAsync(cancellationToken);
        var participations = await store.ReplaceAsync(courses, cancellationToken);
        var written = await WriteResultsAsync(cancellationToken);

        var report = new SyncReport(courses.Count, participations, written, (long)time.GetElapsedTime(began).TotalMilliseconds);
        Log.SyncFinished(logger, report.Courses, report.Participations, report.ResultsWritten, report.DurationMs);
        return report;
    }

    private async Task<List<HemeraCourse>> PullAsync(CancellationToken cancellationToken)
    {
        var courses = new List<HemeraCourse>();
        foreach (var listed in await hemera.GetServiceCoursesAsync(cancellationToken))
        {
            // Null: deleted since it was listed.
            if (await hemera.GetCourseAsync(listed.Id, cancellationToken) is { } course)
            {
                courses.Add(course);
            }
        }

        return courses;
    }

    private async Task<int> WriteResultsAsync(CancellationToken cancellationToken)
    {
        var written = 0;
        foreach (var (participationId, result) in await store.FindDifferencesAsync(cancellationToken))
        {
            // Null: deleted since it was pulled.
            if (await hemera.PutResultAsync(participationId, result, cancellationToken) is { } participation)
            {
                await store.SaveResultAsync(participation, cancellationToken);
                written++;
            }
        }

        return written;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.SyncFinished, LogLevel.Information, "Synced {Courses} courses with {Participations} participations, wrote {ResultsWritten} results in {DurationMs} ms")]
        public static partial void SyncFinished(ILogger logger, int courses, int participations, int resultsWritten, long durationMs);
    }
}
