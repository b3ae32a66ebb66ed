using Analyzer.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Analyzer;

/// <summary>The refusals that endpoints make themselves. Where the seed of this app has a text, it is that one to the letter.</summary>
internal static class Refusals
{
    public const string NotAuthorized = "Not authorized to access this resource";
    public const string InvalidRequest = "Invalid request data";
    public const string DatabaseUnavailable = "Authentication error: Database unavailable";
    public const string ModuleNotFound = "Module not found";
    public const string TooManyModules = "Too many modules: delete one first";
    public const string TooManyStreams = "Too many open streams: close one first";

    public static ProblemHttpResult Invalid(IReadOnlyList<RequestFault> details) =>
        Of(StatusCodes.Status400BadRequest, InvalidRequest, extensions: new() { ["details"] = details });

    public static ProblemHttpResult Of(int status, string? text = null, string? code = null, Dictionary<string, object?>? extensions = null)
    {
        extensions ??= [];
        if (code is not null)
        {
            extensions["code"] = code;
        }

        return TypedResults.Problem(detail: text, statusCode: status, type: "about:blank", extensions: extensions);
    }
}
