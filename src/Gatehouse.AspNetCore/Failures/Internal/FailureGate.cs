using Gatehouse.AspNetCore.Problems.Internal;
using Gatehouse.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Failures.Internal;

/// <summary>Stands around an endpoint, and turns what it throws into an answer. Nobody outside sees the exception's text.</summary>
internal sealed partial class FailureGate
{
    private const string RetryAfterSeconds = "5";

    private readonly RequestDelegate _next;
    private readonly string _operation;
    private readonly IStoreDiagnosis[] _stores;
    private readonly ILogger _logger;

    private FailureGate(RequestDelegate next, string operation, IStoreDiagnosis[] stores, ILogger logger) =>
        (_next, _operation, _stores, _logger) = (next, operation, stores, logger);

    public static void Guard(EndpointBuilder endpoint, string operation)
    {
        if (endpoint.RequestDelegate is { } next)
        {
            var services = endpoint.ApplicationServices;
            var gate = new FailureGate(
                next, operation, [.. services.GetServices<IStoreDiagnosis>()], services.GetRequiredService<ILogger<FailureGate>>());
            endpoint.RequestDelegate = gate.InvokeAsync;
        }
    }

    private async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await _next(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            throw;   // nobody waits for an answer any more
        }
        catch (BadHttpRequestException wrong) when (!context.Response.HasStarted)
        {
            await context.WriteProblemAsync(wrong.StatusCode, ProblemCodes.Of(wrong.StatusCode)).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The last place that knows what was being done; it is logged with its cause.
        catch (Exception failure) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            await AnswerAsync(context, failure).ConfigureAwait(false);
        }
    }

    private Task AnswerAsync(HttpContext context, Exception failure)
    {
        context.Response.ContentLength = null;   // of the answer that did not come about
        var outage = _stores.Select(store => store.Diagnose(failure)).FirstOrDefault(found => found != StoreFailure.None);
        if (outage == StoreFailure.None)
        {
            Log.RequestFailed(_logger, _operation, failure);
            return context.WriteProblemAsync(StatusCodes.Status500InternalServerError, "internal-error");
        }

        Log.StoreUnavailable(_logger, _operation, WordsFor(outage), failure.Message);
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return context.WriteProblemAsync(StatusCodes.Status503ServiceUnavailable, "unavailable");
    }

    internal static string WordsFor(StoreFailure outage) => outage switch
    {
        StoreFailure.Busy => "is locked, or has too much to do",
        StoreFailure.ReadOnly => "cannot be written: it is read-only",
        StoreFailure.Full => "has no room left: its disk is full",
        StoreFailure.Failing => "has a disk that fails",
        StoreFailure.Damaged => "is damaged, or is none",
        StoreFailure.Away => "is not there",
        _ => throw new ArgumentOutOfRangeException(nameof(outage), outage, "no outage"),
    };

    private static partial class Log
    {
        [LoggerMessage(EventIds.StoreUnavailable, LogLevel.Warning, "Failed to {Operation}: the store {Outage} ({Reason})")]
        public static partial void StoreUnavailable(ILogger logger, string operation, string outage, string reason);

        [LoggerMessage(EventIds.RequestFailed, LogLevel.Error, "Failed to {Operation}:")]
        public static partial void RequestFailed(ILogger logger, string operation, Exception failure);
    }
}
