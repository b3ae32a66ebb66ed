using System.Globalization;
using Gatehouse.Clerk.ServiceTokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aither.Upstream;

/// <summary>Turns what failed at Hemera or Clerk into an answer: 503 what may be better soon, 502 what somebody must set right.</summary>
/// <param name="operation">What could not be done, as the log says it.</param>
/// <param name="logger">The log.</param>
internal sealed partial class UpstreamFailureFilter(string operation, ILogger<UpstreamFailureFilter> logger) : IEndpointFilter
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            return await next(context);
        }
        catch (ServiceTokenException failed)
        {
            // Logged where it happened, with its cause.
            return Later(http, failed.Message, "service-token", RetryAfter);
        }
        catch (HemeraException failed)
        {
            return Answer(http, failed);
        }
    }

    private ProblemHttpResult Answer(HttpContext context, HemeraException failed)
    {
        var reason = failed.InnerException?.Message ?? failed.Message;
        switch (failed.Failure)
        {
            case HemeraFailure.Unavailable:
                Log.HemeraUnavailable(logger, operation, reason);
                return Later(context, Refusals.HemeraUnavailable, "hemera-unavailable", failed.RetryAfter ?? RetryAfter);

            case HemeraFailure.TokenRefused:
                Log.HemeraRefusedToken(logger, operation);
                return Refusals.Of(StatusCodes.Status502BadGateway, Refusals.HemeraRefused, "hemera-refused");

            case HemeraFailure.Forbidden:
                Log.HemeraForbids(logger, operation);
                return Refusals.Of(StatusCodes.Status502BadGateway, Refusals.HemeraRefused, "hemera-forbids");

            default:
                Log.HemeraUnexpected(logger, operation, reason);
                return Refusals.Of(StatusCodes.Status502BadGateway, Refusals.HemeraUnexpected, "hemera-unexpected");
        }
    }

    private static ProblemHttpResult Later(HttpContext context, string text, string code, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Refusals.Of(StatusCodes.Status503ServiceUnavailable, text, code);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.HemeraUnavailable, LogLevel.Warning, "Failed to {Operation}: Hemera cannot be had just now ({Reason}). Check HEMERA_API_BASE_URL, and Hemera's /readyz")]
        public static partial void HemeraUnavailable(ILogger logger, string operation, string reason);

        [LoggerMessage(EventIds.HemeraRefusedToken, LogLevel.Error, "Failed to {Operation}: Hemera answers 401 to a fresh service token. Check that both use the same Clerk instance, that this machine is scoped to Hemera's, and Gatehouse:MachineId at Hemera; its log names the reason")]
        public static partial void HemeraRefusedToken(ILogger logger, string operation);

        [LoggerMessage(EventIds.HemeraForbids, LogLevel.Error, "Failed to {Operation}: Hemera answers 403. Check at Hemera that Gatehouse:Machines:<this machine's id>:Role is api-client, or that the service user's public metadata has the role api-client")]
        public static partial void HemeraForbids(ILogger logger, string operation);

        [LoggerMessage(EventIds.HemeraUnexpected, LogLevel.Error, "Failed to {Operation}: Hemera gave an unexpected answer ({Reason}). Check that HEMERA_API_BASE_URL is Hemera's own address, and its version")]
        public static partial void HemeraUnexpected(ILogger logger, string operation, string reason);
    }
}
