using System.Buffers;
using System.Text.Json;
using Gatehouse.Local.Upstash.Redis;
using Gatehouse.Local.Upstash.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gatehouse.Local.Upstash.Control;

/// <summary>What a test or a developer may see and change of the stand-in itself. Needs no token and is not failed on purpose.</summary>
internal sealed class ControlEndpoints(RedisServer server, RedisDoor door, FaultPlan faults, LocalUpstashSettings settings, TimeProvider time)
{
    private const int MaximumBody = 64 * 1024;

    private static readonly RedisCommand Count = RedisCommand.Of("DBSIZE");
    private static readonly RedisCommand[] Clear = [RedisCommand.Of("FLUSHALL"), RedisCommand.Of("SCRIPT", "FLUSH")];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/_local/state", TellStateAsync);
        routes.MapPost("/_local/reset", ResetAsync);
        routes.MapGet("/_local/faults", TellFaultsAsync);
        routes.MapPut("/_local/faults", SetFaultsAsync);
    }

    private async Task TellStateAsync(HttpContext context)
    {
        var keys = await door.SendAsync(RedisAccess.Own, [Count], context.RequestAborted).ConfigureAwait(false);
        await RestAnswer.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteString("name", "upstash");
            json.WriteNumber("now", time.GetUtcNow().ToUnixTimeMilliseconds());
            json.WriteNumber("keys", keys[0].Number);
            json.WriteStartObject("redis");
            json.WriteString("program", settings.RedisServer);
            json.WriteNumber("process_id", server.ProcessId ?? 0);
            json.WriteEndObject();
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private async Task ResetAsync(HttpContext context)
    {
        await door.SendAsync(RedisAccess.Own, Clear, context.RequestAborted).ConfigureAwait(false);
        faults.Set(settings.Faults);
        await TellStateAsync(context).ConfigureAwait(false);
    }

    private Task TellFaultsAsync(HttpContext context) =>
        RestAnswer.WriteAsync(context, StatusCodes.Status200OK, json => FaultJson.Write(json, faults.Settings));

    private async Task SetFaultsAsync(HttpContext context)
    {
        var body = new ArrayBufferWriter<byte>();
        if (!await RequestBytes.ReadAsync(context.Request, body, MaximumBody, context.RequestAborted).ConfigureAwait(false))
        {
            await RestAnswer.RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, "the body is too large").ConfigureAwait(false);
            return;
        }

        var (read, reason) = Read(body.WrittenMemory);
        if (read is null)
        {
            await RestAnswer.RefuseAsync(context, StatusCodes.Status400BadRequest, reason!).ConfigureAwait(false);
            return;
        }

        faults.Set(read);
        await TellFaultsAsync(context).ConfigureAwait(false);
    }

    private static (FaultSettings? Settings, string? Reason) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return FaultJson.Read(document.RootElement);
        }
        catch (JsonException)
        {
            return (null, "the body must be a JSON object");
        }
    }
}
