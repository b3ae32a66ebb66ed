using Microsoft.AspNetCore.Http.HttpResults;

namespace Hemera;

/// <summary>The refusals that endpoints make themselves, in the words that clients know.</summary>
internal static class Refusals
{
    public const string CourseNotFound = "Course not found";
    public const string ParticipationNotFound = "Participation not found";
    public const string InvalidRequest = "Invalid request data";
    public const string InternalError = "Internal server error";

    public static ProblemHttpResult NotFound(string text) => Of(StatusCodes.Status404NotFound, text);

    public static ProblemHttpResult Invalid(IReadOnlyList<RequestFault> details) =>
        Of(StatusCodes.Status400BadRequest, InvalidRequest, new Dictionary<string, object?> { ["details"] = details });

    public static ProblemHttpResult UnsupportedMediaType() => Of(StatusCodes.Status415UnsupportedMediaType, null);

    public static ProblemHttpResult Of(int status, string? text, Dictionary<string, object?>? extensions = null) =>
        TypedResults.Problem(detail: text, statusCode: status, type: "about:blank", extensions: extensions);
}
