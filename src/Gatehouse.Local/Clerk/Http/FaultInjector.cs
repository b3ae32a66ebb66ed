using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Faults;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>Makes requests of either API fail on purpose: slow, refused, or cut off.</summary>
internal sealed partial class FaultInjector(FaultPlan plan, AnswerWriter writer, TimeProvider time, ILogger<FaultInjector> logger)
{
    /// <summary>What befalls the next request.</summary>
    public FaultKind Draw() => plan.Draw();

    public Task DelayAsync(CancellationToken cancellationToken) =>
        plan.Api.DelayMilliseconds is > 0 and var milliseconds
            ? Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time, cancellationToken)
            : Task.CompletedTask;

    /// <summary>Lets a request fail in the way that was drawn for it.</summary>
    public Task FailAsync(HttpContext context, FaultKind fault, bool plain = false)
    {
        Log.FaultInjected(logger, fault, context.Request.Method, context.Request.Path);
        if (fault == FaultKind.Close)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        var error = fault switch
        {
            FaultKind.InternalError => ClerkErrors.Internal,
            FaultKind.Unavailable => ClerkErrors.Unavailable,
            _ => ClerkErrors.TooManyRequests(retryAfterSeconds: 1),
        };
        return writer.RefuseAsync(context, error, plain);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.FaultInjected, LogLevel.Information, "Failing on purpose ({Fault}): {Method} {Path}")]
        public static partial void FaultInjected(ILogger logger, FaultKind fault, string method, string path);
    }
}
