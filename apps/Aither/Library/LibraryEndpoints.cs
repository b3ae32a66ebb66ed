using Aither.Upstream;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aither.Library;

/// <summary>Which courses there are, Hemera knows; what there is for them, Aither.</summary>
internal static class LibraryEndpoints
{
    public static void MapLibrary(this IEndpointRouteBuilder api)
    {
        api.MapGet("/recordings", ListRecordingsAsync).NeedsHemeraTo("list recordings");
        api.MapGet("/slides", ListSlidesAsync).NeedsHemeraTo("list slides");
    }

    private static async Task<Ok<RecordingList>> ListRecordingsAsync(HemeraClient hemera, LibraryStore store, CancellationToken cancellationToken)
    {
        var courses = await hemera.GetServiceCoursesAsync(cancellationToken);
        var recordings = await store.RecordingsAsync(cancellationToken);
        return TypedResults.Ok(new RecordingList([.. courses.Select(course => new CourseRecordings(course.Id, course.Title, recordings[course.Id]))]));
    }

    private static async Task<Ok<SlideList>> ListSlidesAsync(HemeraClient hemera, LibraryStore store, CancellationToken cancellationToken)
    {
        var courses = await hemera.GetServiceCoursesAsync(cancellationToken);
        var slides = await store.SlidesAsync(cancellationToken);
        return TypedResults.Ok(new SlideList([.. courses.Select(course => new CourseSlides(course.Id, course.Title, slides[course.Id]))]));
    }

    private sealed record RecordingList(IReadOnlyList<CourseRecordings> Courses);

    private sealed record CourseRecordings(string Id, string Title, IEnumerable<Recording> Recordings);

    private sealed record SlideList(IReadOnlyList<CourseSlides> Courses);

    private sealed record CourseSlides(string Id, string Title, IEnumerable<Slide> Slides);
}
