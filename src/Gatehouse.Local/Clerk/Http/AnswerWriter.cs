using System.Globalization;
using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>Puts answers on the wire.</summary>
internal sealed class AnswerWriter(ClerkWorld world)
{
    // Clerk's JavaScript client compares the header with ===: any parameter would make it drop the body.
    private const string ContentType = "application/json";

    /// <summary>The bytes of a body.</summary>
    public static ReadOnlyMemory<byte> Render(Action<Utf8JsonWriter> body) => JsonScratch.Render(body);

    public Task RefuseAsync(HttpContext context, ClerkError error, bool plain = false) =>
        WriteAsync(context, error, rendered: null, plain);

    public async Task WriteAsync(HttpContext context, ClerkAnswer answer, ReadOnlyMemory<byte>? rendered, bool plain)
    {
        context.Response.StatusCode = answer.Status;
        if (answer.Errors.Select(error => error.RetryAfterSeconds).Max() is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (answer.Errors.Count > 0)
        {
            rendered = Render(json => WriteErrors(json, answer.Errors, plain));
        }

        if (rendered is { } body)
        {
            await WriteAsync(context, answer.Status, body).ConfigureAwait(false);
        }
    }

    public static async Task WriteAsync(HttpContext context, int status, ReadOnlyMemory<byte> body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private void WriteErrors(Utf8JsonWriter json, IReadOnlyList<ClerkError> errors, bool plain)
    {
        if (plain)
        {
            ErrorEnvelope.WriteForMachines(json, errors);
        }
        else
        {
            ErrorEnvelope.Write(json, errors, world.Ids.NextHex(""));
        }
    }
}
