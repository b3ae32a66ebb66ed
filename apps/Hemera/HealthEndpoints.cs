using Dapper;
using Gatehouse.Sqlite;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Data.Sqlite;

namespace Hemera;

/// <summary>Whether the process lives, and whether it can serve. Nobody needs a token to ask.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Ok(new Health("ok"))).ExcludeFromDescription();
        routes.MapGet("/readyz", FindReadinessAsync).ExcludeFromDescription();
    }

    private static async Task<JsonHttpResult<Readiness>> FindReadinessAsync(SqliteDatabase database, CancellationToken cancellationToken)
    {
        try
        {
            await database.RunAsync(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM courses"), cancellationToken);
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
