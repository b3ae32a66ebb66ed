using Gatehouse.Local.Clerk.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>Tells a fault of ours in Clerk's words, and puts it in the log, where it is to be read as a bug of the local Clerk.</summary>
internal sealed partial class FaultGuard(AnswerWriter writer, ILogger<FaultGuard> logger)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception fault) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            Log.OperationFailed(logger, context.Request.Method, context.Request.Path, fault);
            context.Response.Clear();
            LocalClerkHeader.Stamp(context.Response);
            await writer.RefuseAsync(context, ClerkErrors.Internal).ConfigureAwait(false);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.OperationFailed, LogLevel.Error, "The local Clerk failed at {Method} {Path}: a bug of its own")]
        public static partial void OperationFailed(ILogger logger, string method, string path, Exception exception);
    }
}
