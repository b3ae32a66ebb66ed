using Dapper;
using Gatehouse.Sqlite;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Data.Sqlite;

namespace Aither;

/// <summary>Whether the process lives, and whether it can serve.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Ok(new Health("ok")));
        routes.MapGet("/readyz", FindReadinessAsync);
    }

    private static async Task<JsonHttpResult<Readiness>> FindReadinessAsync(SqliteDatabase database, CancellationToken cancellationToken)
    {
        try
        {
            await database.RunAsync(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM recordings"), cancellationToken);
            return TypedResults.Json(new Readiness("ready", []));
        }
        catch (SqliteException)
        {
            return TypedResults.Json(new Readiness("unready", ["database"]), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private sealed record Health(string Status);

    private sealed record Readiness(string Status, IReadOnlyList<string> Reasons);
}
