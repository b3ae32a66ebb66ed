using Aither.Upstream;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aither.Sync;

internal static class SyncEndpoints
{
    public static void MapSync(this IEndpointRouteBuilder api) => api.MapPost("/sync", SyncAsync).NeedsHemeraTo("sync with Hemera");

    private static async Task<Results<Ok<SyncReport>, ProblemHttpResult>> SyncAsync(SyncTurn turn, CourseSync sync, CancellationToken cancellationToken)
    {
        if (!turn.TryTake())
        {
            return Refusals.Of(StatusCodes.Status409Conflict, Refusals.SyncRunning, "sync-running");
        }

        try
        {
            return TypedResults.Ok(await sync.RunAsync(cancellationToken));
        }
        finally
        {
            turn.Release();
        }
    }
}
