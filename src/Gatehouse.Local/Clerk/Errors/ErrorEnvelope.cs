using System.Text.Json;

namespace Gatehouse.Local.Clerk.Errors;

/// <summary>Writes refusals as Clerk does: all of a request's at once, with a trace id.</summary>
internal static class ErrorEnvelope
{
    /// <summary>The envelope of the Backend API.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ClerkError> errors, string traceId)
    {
        json.WriteStartObject();
        WriteErrors(json, errors, withMeta: true);
        json.WriteString("clerk_trace_id", traceId);
        json.WriteEndObject();
    }

    /// <summary>The envelope of the machine families, which has neither <c>meta</c> nor a trace id.</summary>
    public static void WriteForMachines(Utf8JsonWriter json, IReadOnlyList<ClerkError> errors)
    {
        json.WriteStartObject();
        WriteErrors(json, errors, withMeta: false);
        json.WriteEndObject();
    }

    /// <summary>The envelope of the Frontend API: the browser's client goes along, since a refused attempt changes it too.</summary>
    public static void WriteForBrowsers(
        Utf8JsonWriter json,
        IReadOnlyList<ClerkError> errors,
        string traceId,
        Action<Utf8JsonWriter>? client)
    {
        json.WriteStartObject();
        WriteErrors(json, errors, withMeta: true);
        if (client is not null)
        {
            json.WriteStartObject("meta");
            json.WritePropertyName("client");
            client(json);
            json.WriteEndObject();
        }

        json.WriteString("clerk_trace_id", traceId);
        json.WriteEndObject();
    }

    private static void WriteErrors(Utf8JsonWriter json, IReadOnlyList<ClerkError> errors, bool withMeta)
    {
        json.WriteStartArray("errors");
        foreach (var error in errors)
        {
            json.WriteStartObject();
            json.WriteString("message", error.Message);
            json.WriteString("long_message", error.LongMessage);
            json.WriteString("code", error.Code);
            if (withMeta)
            {
                WriteMeta(json, error);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMeta(Utf8JsonWriter json, ClerkError error)
    {
        if (error.ParameterName is not null)
        {
            json.WriteStartObject("meta");
            json.WriteString("param_name", error.ParameterName);
            json.WriteEndObject();
        }
        else if (error.LockoutExpiresInSeconds is { } seconds)
        {
            json.WriteStartObject("meta");
            json.WriteNumber("lockout_expires_in_seconds", seconds);
            json.WriteEndObject();
        }
    }
}
