using Hemera.Access;
using Hemera.Documents;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hemera.Courses;

internal static class CourseEndpoints
{
    public static void MapCourses(this IEndpointRouteBuilder service)
    {
        var courses = service.MapGroup("/courses").RequirePermission(HemeraPermissions.ReadCourses).WithTags("Courses");

        courses.MapGet("/", ListAsync)
            .FailsTo("fetch courses")
            .WithName("listCourses")
            .WithSummary("All courses")
            .WithDescription("Every course with the number of its participations, by start. Needs `read:courses`.")
            .Refuses();

        courses.MapGet("/{id}", FindAsync)
            .FailsTo("fetch course")
            .WithName("getCourse")
            .WithSummary("One course")
            .WithDescription("The course with its participations; of each person id, name and e-mail. Needs `read:courses`.")
            .Refuses(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<List<CourseSummary>>> ListAsync(CourseStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(await store.ListAsync(cancellationToken));

    private static async Task<Results<Ok<CourseDetail>, ProblemHttpResult>> FindAsync(string id, CourseStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } course
            ? TypedResults.Ok(course)
            : Refusals.NotFound(Refusals.CourseNotFound);
}
