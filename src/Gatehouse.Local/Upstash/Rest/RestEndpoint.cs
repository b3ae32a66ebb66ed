using System.Buffers;
using System.Globalization;
using Gatehouse.Local.Upstash.Control;
using Gatehouse.Local.Upstash.Redis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Local.Upstash.Rest;

/// <summary>The REST API: whatever is not the control surface.</summary>
/// <remarks>Upstash, "REST API".</remarks>
internal sealed partial class RestEndpoint(
    CommandRunner runner,
    FaultPlan faults,
    LocalUpstashSettings settings,
    TimeProvider time,
    ILogger<RestEndpoint> logger)
{
    private long _answers;

    public async Task HandleAsync(HttpContext context)
    {
        // 1. Who calls, and how.
        var method = context.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsPost(method) && !HttpMethods.IsPut(method))
        {
            await RestAnswer.RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, RestErrors.MethodNotAllowed).ConfigureAwait(false);
            return;
        }

        if (RestToken.Read(context.Request) is not { } access)
        {
            await RestAnswer.RefuseAsync(context, StatusCodes.Status401Unauthorized, RestErrors.Unauthorized).ConfigureAwait(false);
            return;
        }

        // 2. What goes wrong on purpose.
        if (await FailAsync(context).ConfigureAwait(false))
        {
            return;
        }

        // 3. What is asked, in which form, and how much of it.
        var (format, unanswerable) = RestFormats.Read(context.Request);
        if (unanswerable is not null)
        {
            await RestAnswer.RefuseAsync(context, StatusCodes.Status400BadRequest, unanswerable).ConfigureAwait(false);
            return;
        }

        var body = new ArrayBufferWriter<byte>();
        if (!await RequestBytes.ReadAsync(context.Request, body, settings.MaximumRequestBytes, context.RequestAborted).ConfigureAwait(false))
        {
            var error = RestErrors.TooLarge(settings.MaximumRequestBytes, context.Request.ContentLength);
            await RestAnswer.RefuseAsync(context, StatusCodes.Status400BadRequest, error).ConfigureAwait(false);
            return;
        }

        // 4. The answer. Clients send back what stands in the header; here every reader sees every write, so nothing hangs on it.
        context.Response.Headers["Upstash-Sync-Token"] = Interlocked.Increment(ref _answers).ToString(CultureInfo.InvariantCulture);
        await AnswerAsync(context, access, format, body.WrittenMemory).ConfigureAwait(false);
    }

    private Task AnswerAsync(HttpContext context, RedisAccess access, RestFormat format, ReadOnlyMemory<byte> body)
    {
        var isWritten = HttpMethods.IsPost(context.Request.Method) || HttpMethods.IsPut(context.Request.Method);
        return context.Request.Path.Value switch
        {
            "/" or "" or null when isWritten => RunBodyAsync(context, access, format, body),
            "/pipeline" when isWritten => RunPipelineAsync(context, access, format, body),
            "/multi-exec" when isWritten => RunTransactionAsync(context, access, format, body),
            _ => RunPathAsync(context, access, format, isWritten ? body : default),
        };
    }

    private async Task RunBodyAsync(HttpContext context, RedisAccess access, RestFormat format, ReadOnlyMemory<byte> body)
    {
        var (command, error) = CommandJson.Read(body);
        var reply = command is null ? RespValue.Error(error!) : await RunAsync(context, access, command).ConfigureAwait(false);
        await RestFormats.WriteAsync(context, format, reply).ConfigureAwait(false);
    }

    private async Task RunPathAsync(HttpContext context, RedisAccess access, RestFormat format, ReadOnlyMemory<byte> body)
    {
        var command = PathCommand.Read(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, body);
        var reply = command is null
            ? RespValue.Error(RestErrors.PathMalformed)
            : await RunAsync(context, access, command).ConfigureAwait(false);
        await RestFormats.WriteAsync(context, format, reply).ConfigureAwait(false);
    }

    private async Task RunPipelineAsync(HttpContext context, RedisAccess access, RestFormat format, ReadOnlyMemory<byte> body)
    {
        if (CommandJson.ReadMany(body) is not { Count: > 0 } commands)
        {
            var error = CommandJson.ReadMany(body) is null ? RestErrors.PipelineMalformed : RestErrors.PipelineEmpty;
            await RestAnswer.RefuseAsync(context, StatusCodes.Status400BadRequest, error).ConfigureAwait(false);
            return;
        }

        var replies = await runner.RunAsync(access, commands, context.RequestAborted).ConfigureAwait(false);
        await RestFormats.WriteAsync(context, format, replies).ConfigureAwait(false);
    }

    private async Task RunTransactionAsync(HttpContext context, RedisAccess access, RestFormat format, ReadOnlyMemory<byte> body)
    {
        if (CommandJson.ReadMany(body) is not { Count: > 0 } commands)
        {
            var error = CommandJson.ReadMany(body) is null ? RestErrors.TransactionMalformed : RestErrors.TransactionEmpty;
            await RestAnswer.RefuseAsync(context, StatusCodes.Status400BadRequest, error).ConfigureAwait(false);
            return;
        }

        // The raw form is not for transactions; they are answered in JSON whatever was asked.
        var (replies, discarded) = await runner.RunTogetherAsync(access, commands, context.RequestAborted).ConfigureAwait(false);
        var told = format == RestFormat.Resp2 ? RestFormat.Json : format;
        await (replies is null ? RestFormats.WriteAsync(context, told, discarded!) : RestFormats.WriteAsync(context, told, replies))
            .ConfigureAwait(false);
    }

    private async Task<RespValue> RunAsync(HttpContext context, RedisAccess access, RedisCommand command) =>
        (await runner.RunAsync(access, [command], context.RequestAborted).ConfigureAwait(false))[0];

    private async Task<bool> FailAsync(HttpContext context)
    {
        var fault = faults.Draw();
        if (faults.Settings.DelayMilliseconds is > 0 and var milliseconds)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time, context.RequestAborted).ConfigureAwait(false);
        }

        if (fault == FaultKind.None)
        {
            return false;
        }

        Log.FaultInjected(logger, fault);
        if (fault == FaultKind.Close)
        {
            context.Abort();
            return true;
        }

        var (status, error) = fault switch
        {
            FaultKind.TooManyRequests => (StatusCodes.Status429TooManyRequests, RestErrors.TooManyRequests),
            FaultKind.Unavailable => (StatusCodes.Status503ServiceUnavailable, RestErrors.Away),
            _ => (StatusCodes.Status500InternalServerError, RestErrors.Internal),
        };
        await RestAnswer.RefuseAsync(context, status, error).ConfigureAwait(false);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.FaultInjected, LogLevel.Information, "Failing on purpose ({Fault})")]
        public static partial void FaultInjected(ILogger logger, FaultKind fault);
    }
}
