using System.Text.Json;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Control;

/// <summary>Telling which requests came.</summary>
internal sealed class RequestLogControl(RequestLog log)
{
    public void Map(ControlRoutes routes) => routes.Map("GET", "/requests", List);

    private ClerkAnswer List(ClerkCall call)
    {
        var after = call.Query.Time("after") ?? 0;
        if (call.Query.Faults() is { } faults)
        {
            return faults;
        }

        return ClerkAnswer.Ok(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("requests");
            ListJson.WriteArray(json, log.After(after), Write);
            json.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter json, LoggedRequest request)
    {
        json.WriteStartObject();
        json.WriteNumber("n", request.Number);
        json.WriteNumber("at", request.At);
        json.WriteString("method", request.Method);
        json.WriteString("path", request.Path);
        json.WriteString("query", request.Query);
        json.WriteString("caller", request.Caller);
        json.WriteString("origin", request.Origin);
        json.WriteNumber("status", request.Status);
        json.WriteString("fault", request.Fault);
        json.WriteEndObject();
    }
}
