using Microsoft.AspNetCore.Http.HttpResults;

namespace ShtetlZmanim;

/// <summary>The refusals that endpoints make themselves.</summary>
internal static class Refusals
{
    public const string InvalidRequest = "Invalid request parameters";

    public static ProblemHttpResult Invalid(IReadOnlyList<RequestFault> details) => TypedResults.Problem(
        detail: string.Join("; ", details.Select(fault => $"{fault.Parameter} {fault.Message}")),
        statusCode: StatusCodes.Status400BadRequest,
        type: "about:blank",
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = "invalid-request", ["details"] = details });
}
