using Microsoft.AspNetCore.Http.HttpResults;

namespace Aither;

/// <summary>The refusals that endpoints make themselves.</summary>
internal static class Refusals
{
    public const string InternalError = "Internal server error";
    public const string HemeraUnavailable = "Hemera is unavailable";
    public const string HemeraRefused = "Hemera refused the service token";
    public const string HemeraUnexpected = "Hemera gave an unexpected answer";
    public const string SyncRunning = "A sync is already running";

    public static ProblemHttpResult Of(int status, string text, string code) =>
        TypedResults.Problem(detail: text, statusCode: status, type: "about:blank", extensions: new Dictionary<string, object?> { ["code"] = code });
}
