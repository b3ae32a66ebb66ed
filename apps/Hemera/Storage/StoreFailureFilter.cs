using Gatehouse.Sqlite;
using Microsoft.Data.Sqlite;

namespace Hemera.Storage;

/// <summary>Answers what fails in an endpoint: 503 while the database is away, 500 for a fault of ours. Nobody sees the exception's text.</summary>
/// <param name="operation">What could not be done, as the log says it: "fetch courses".</param>
/// <param name="logger">The log.</param>
internal sealed partial class StoreFailureFilter(string operation, ILogger<StoreFailureFilter> logger) : IEndpointFilter
{
    private const string RetryAfterSeconds = "5";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (SqliteException away) when (away.IsUnavailable())
        {
            Log.StoreUnavailable(logger, operation, away.SqliteErrorCode, away.Message);
            context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
            return Refusals.Of(StatusCodes.Status503ServiceUnavailable, Refusals.InternalError);
        }
        catch (OperationCanceledException) when (context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            throw;   // nobody waits for an answer any more
        }
#pragma warning disable CA1031 // The last place that knows what was being done; it is logged with its cause.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.RequestFailed(logger, operation, failure);
            return Refusals.Of(StatusCodes.Status500InternalServerError, Refusals.InternalError);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.StoreUnavailable, LogLevel.Warning, "Failed to {Operation}: the database cannot serve just now ({SqliteCode}, {Reason})")]
        public static partial void StoreUnavailable(ILogger logger, string operation, int sqliteCode, string reason);

        [LoggerMessage(EventIds.RequestFailed, LogLevel.Error, "Failed to {Operation}:")]
        public static partial void RequestFailed(ILogger logger, string operation, Exception failure);
    }
}
