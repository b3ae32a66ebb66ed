using Gatehouse.Local.Clerk.Control;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Faults;
using Gatehouse.Local.Clerk.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>The way of every Backend API request: fault, version, caller, limit, body, and only then the operation.</summary>
internal sealed partial class ClerkEntrance(
    ClerkWorld world,
    CallerCheck callers,
    RequestLimiter limiter,
    FaultInjector faults,
    RequestLog log,
    AnswerWriter writer,
    ILogger<ClerkEntrance> logger)
{
    public async Task HandleAsync(HttpContext context, ClerkOperation operation)
    {
        string? caller = null;
        var fault = faults.Draw();
        try
        {
            await faults.DelayAsync(context.RequestAborted).ConfigureAwait(false);
            if (fault == FaultKind.None)
            {
                caller = await AnswerAsync(context, operation).ConfigureAwait(false);
            }
            else
            {
                await faults.FailAsync(context, fault, operation.PlainErrors).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();   // the client has left: there is nobody to answer
        }
        finally
        {
            Note(context, caller, fault);
        }
    }

    private async Task<string?> AnswerAsync(HttpContext context, ClerkOperation operation)
    {
        var plain = operation.PlainErrors;
        if (!ApiVersion.IsAcceptable(context.Request))
        {
            await writer.RefuseAsync(context, ClerkErrors.ApiVersionInvalid, plain).ConfigureAwait(false);
            return null;
        }

        var (caller, refusal) = callers.Check(context.Request, operation);
        if (caller is null)
        {
            await writer.RefuseAsync(context, refusal!, plain).ConfigureAwait(false);
            return null;
        }

        if (!operation.Unlimited && limiter.Count(Resource(context.Request, operation)) is { } seconds)
        {
            Log.RequestRefusedByLimit(logger, context.Request.Method, context.Request.Path, seconds);
            await writer.RefuseAsync(context, ClerkErrors.TooManyRequests(seconds), plain).ConfigureAwait(false);
            return caller.Name;
        }

        var (call, malformed) = await ReadAsync(context, operation, caller).ConfigureAwait(false);
        var (answer, rendered) = malformed is null ? OperationRunner.Run(world, operation, call) : (malformed, null);
        await writer.WriteAsync(context, answer, rendered, plain).ConfigureAwait(false);
        return caller.Name;
    }

    private static async Task<(ClerkCall Call, ClerkError? Malformed)> ReadAsync(HttpContext context, ClerkOperation operation, Caller caller)
    {
        var (request, cancellationToken) = (context.Request, context.RequestAborted);
        if (operation.TakesFile)
        {
            var (fields, file, refusal) = await UploadReader.ReadAsync(request, cancellationToken).ConfigureAwait(false);
            return (new ClerkCall(request, caller, fields, file), refusal);
        }

        var (body, malformed) = await BodyReader.ReadAsync(request, cancellationToken, operation.TakesList).ConfigureAwait(false);
        return (new ClerkCall(request, caller, body), malformed);
    }

    private void Note(HttpContext context, string? caller, FaultKind fault) => log.Add(number => new LoggedRequest(
        number,
        world.Clock.NowMilliseconds,
        context.Request.Method,
        context.Request.Path.Value ?? "",
        context.Request.QueryString.Value ?? "",
        caller,
        context.Request.Headers.Origin is [{ } origin] ? origin : null,
        context.Response.StatusCode,
        fault == FaultKind.None ? null : fault.ToString()));

    private static string? Resource(HttpRequest request, ClerkOperation operation) =>
        operation.LimitedByResource ? (string?)request.RouteValues.Values.FirstOrDefault() : null;

    private static partial class Log
    {
        [LoggerMessage(EventIds.RequestRefusedByLimit, LogLevel.Information,
            "{Method} {Path} is over the limit; the window ends in {Seconds} s")]
        public static partial void RequestRefusedByLimit(ILogger logger, string method, string path, int seconds);
    }
}
