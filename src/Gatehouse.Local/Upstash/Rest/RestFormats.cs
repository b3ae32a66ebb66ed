using System.Buffers;
using Gatehouse.Local.Upstash.Redis;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Upstash.Rest;

/// <summary>Reads the form that a caller wants, and writes replies in it.</summary>
internal static class RestFormats
{
    /// <summary>The form, or the reason why it cannot be had.</summary>
    public static (RestFormat Format, string? Error) Read(HttpRequest request)
    {
        var isBase64 = string.Equals(request.Headers["Upstash-Encoding"], "base64", StringComparison.OrdinalIgnoreCase);
        return request.Headers["Upstash-Response-Format"].ToString().ToLowerInvariant() switch
        {
            "" or "json" => (isBase64 ? RestFormat.Base64Json : RestFormat.Json, null),
            "resp2" => isBase64 ? (default, RestErrors.FormatEncoded) : (RestFormat.Resp2, null),
            _ => (default, RestErrors.FormatUnknown),
        };
    }

    /// <summary>Answers one command.</summary>
    public static Task WriteAsync(HttpContext context, RestFormat format, RespValue reply)
    {
        var status = reply.Kind == RespKind.Error ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        return format == RestFormat.Resp2
            ? WriteRawAsync(context, status, [reply])
            : RestAnswer.WriteAsync(context, status, json => ReplyJson.Write(json, reply, format == RestFormat.Base64Json));
    }

    /// <summary>Answers several.</summary>
    public static Task WriteAsync(HttpContext context, RestFormat format, IReadOnlyList<RespValue> replies) =>
        format == RestFormat.Resp2
            ? WriteRawAsync(context, StatusCodes.Status200OK, replies)
            : RestAnswer.WriteAsync(context, StatusCodes.Status200OK, json =>
            {
                json.WriteStartArray();
                foreach (var reply in replies)
                {
                    ReplyJson.Write(json, reply, format == RestFormat.Base64Json);
                }

                json.WriteEndArray();
            });

    private static Task WriteRawAsync(HttpContext context, int status, IReadOnlyList<RespValue> replies)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var reply in replies)
        {
            RespWriter.Write(buffer, reply);
        }

        return RestAnswer.WriteAsync(context, status, "application/octet-stream", buffer.WrittenMemory);
    }
}
