using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Health.Internal;

/// <summary>Writes the answers of the health endpoints.</summary>
internal static class HealthAnswers
{
    public static Task WriteHealthAsync(HttpContext context) =>
        WriteAsync(context, StatusCodes.Status200OK, new HealthWire("ok"));

    public static async Task WriteReadinessAsync(HttpContext context, Readiness readiness)
    {
        var reasons = await readiness.FindReasonsAsync(context.RequestAborted).ConfigureAwait(false);
        await (reasons.Count == 0
            ? WriteAsync(context, StatusCodes.Status200OK, new HealthWire("ready", reasons))
            : WriteAsync(context, StatusCodes.Status503ServiceUnavailable, new HealthWire("unready", reasons))).ConfigureAwait(false);
    }

    private static Task WriteAsync(HttpContext context, int status, HealthWire answer)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(answer, HealthJson.Default.HealthWire, cancellationToken: context.RequestAborted);
    }
}
