using System.Text.Json;
using Gatehouse.AspNetCore.RateLimiting.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Problems.Internal;

/// <summary>The one place that writes a refusal's body (RFC 9457), whoever refused: framework, middleware or endpoint.</summary>
/// <remarks>
/// Answers every request in JSON, whatever it says to accept: a refusal without a body helps nobody. Never writes the text of an exception.
/// </remarks>
internal sealed class ProblemWriter(IOptions<ProblemTextOptions> texts, IOptions<JsonOptions> json) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        var response = context.HttpContext.Response;
        var status = problem.Status ?? response.StatusCode;
        var code = problem.Extensions.TryGetValue(ProblemCodes.Member, out var given) && given is string own ? own : ProblemCodes.Of(status);
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        if (ProblemAnswerMetadata.Find(context.HttpContext, code, status) is { } answer)
        {
            await WriteAsync(response, answer).ConfigureAwait(false);
            return;
        }

        response.ContentType = "application/problem+json";
        var refusal = status == StatusCodes.Status429TooManyRequests ? context.HttpContext.Features.Get<LimitRefusal>() : null;
        var writer = new Utf8JsonWriter(response.BodyWriter);
        await using var disposal = writer.ConfigureAwait(false);
        writer.WriteStartObject();
        writer.WriteString("type", problem.Type ?? (refusal is null ? "about:blank" : LimitRefusal.ProblemType));
        writer.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
        writer.WriteNumber("status", status);
        writer.WriteString(ProblemCodes.Member, code);
        writer.WriteString(texts.Value.TextMember, problem.Detail ?? TextOf(code, status));
        WriteViolated(writer, refusal);
        WriteExtensions(writer, problem.Extensions);
        writer.WriteEndObject();
        await writer.FlushAsync(context.HttpContext.RequestAborted).ConfigureAwait(false);
    }

    private static async Task WriteAsync(HttpResponse response, ProblemAnswer answer)
    {
        if (answer.Status is { } status)
        {
            response.StatusCode = status;
        }

        // It belongs to the refusals that pass by themselves, and the endpoint may have made another of one.
        if (response.StatusCode is not (StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable))
        {
            response.Headers.Remove("Retry-After");
        }

        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        await response.BodyWriter.WriteAsync(answer.Body, response.HttpContext.RequestAborted).ConfigureAwait(false);
    }

    private static void WriteViolated(Utf8JsonWriter writer, LimitRefusal? refusal)
    {
        if (refusal is null)
        {
            return;
        }

        writer.WriteStartArray("violated-policies");
        foreach (var policy in refusal.Policies)
        {
            writer.WriteStringValue(policy);
        }

        writer.WriteEndArray();
    }

    private string TextOf(string code, int status) =>
        texts.Value.TextsByCode.TryGetValue(code, out var coded) ? coded
        : texts.Value.Texts.TryGetValue(status, out var text) ? text
        : ReasonPhrases.GetReasonPhrase(status);

    private void WriteExtensions(Utf8JsonWriter writer, IDictionary<string, object?> extensions)
    {
        foreach (var (name, value) in extensions)
        {
            // The trace id is the framework's idea; it names nothing that a caller could use.
            if (name is ProblemCodes.Member or "traceId" || string.Equals(name, texts.Value.TextMember, StringComparison.Ordinal))
            {
                continue;
            }

            writer.WritePropertyName(name);
            if (value is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                JsonSerializer.Serialize(writer, value, json.Value.SerializerOptions.GetTypeInfo(value.GetType()));
            }
        }
    }
}
