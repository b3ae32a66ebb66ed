using Analyzer.Documents;
using Analyzer.Requests;
using Analyzer.Users;
using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Revocations;
using Gatehouse.Sqlite;
using Microsoft.Data.Sqlite;

namespace Analyzer.Events;

/// <summary>
/// A user's events as server-sent events, for as long as the token holds: at its expiry the stream says so and ends, and the client comes
/// back with another token and the last id. A stream whose session is revoked is cut off by Gatehouse.
/// </summary>
internal static partial class StreamEndpoint
{
    public static void MapStream(this IEndpointRouteBuilder api) =>
        api.MapGet("/stream", StreamAsync)
            .WithMetadata(new StreamMetadata())
            .FailsTo("stream events")
            .WithTags("Stream")
            .WithName("streamEvents")
            .WithSummary("What happens to the caller's things")
            .WithDescription(
                "Server-sent events `module.saved`, `module.deleted` and `chat.answered`, each with an id; a comment every ten seconds. With `Last-Event-ID` (or "
                + "`?after=`) it goes on from there, of the latest 1,000. When the token expires, an event `expired` ends the stream.")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .Refuses(StatusCodes.Status400BadRequest);

    private static async Task<IResult> StreamAsync(
        HttpContext context, EventStore store, EventBells bells, TimeProvider time, IHostApplicationLifetime lifetime, ILoggerFactory loggers)
    {
        if (!TryReadAfter(context.Request, out var after))
        {
            return Refusals.Invalid([new RequestFault("invalid_cursor", ["Last-Event-ID"], "must be the id of an event")]);
        }

        var userId = context.UserId();
        using var bell = bells.Listen(userId);
        if (bell is null)
        {
            return Refusals.Of(StatusCodes.Status429TooManyRequests, Refusals.TooManyStreams, "too-many-streams");
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var stream = new EventStream(store, bell, time, context.Response, userId);
        await stream.PrepareAsync(after, ending.Token);
        try
        {
            await stream.RunAsync(((ClerkPrincipal)context.User).Token.ExpiresAt, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The client went away, its session was revoked, or the app stops: that is how a stream ends.
        }
        catch (SqliteException away) when (away.IsUnavailable())
        {
            // The client comes back with the last id.
            Log.StreamEnded(loggers.CreateLogger(typeof(StreamEndpoint)), userId, away.Message);
        }

        return Results.Empty;
    }

    /// <returns>False for what is no event's id. Nothing at all means: from now on.</returns>
    private static bool TryReadAfter(HttpRequest request, out long? after)
    {
        var text = request.Headers["Last-Event-ID"] is [.., { Length: > 0 } last] ? last : (string?)request.Query["after"];
        after = PageQuery.ReadNumber(text);
        return after is not null || string.IsNullOrEmpty(text);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.StreamEnded, LogLevel.Warning, "A stream of {UserId} ended: the database cannot serve just now ({Reason})")]
        public static partial void StreamEnded(ILogger logger, string userId, string reason);
    }
}
