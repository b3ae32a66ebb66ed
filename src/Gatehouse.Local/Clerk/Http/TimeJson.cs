using System.Text.Json;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>Times that may be missing.</summary>
internal static class TimeJson
{
    public static void Write(Utf8JsonWriter json, string name, long? time)
    {
        if (time is { } at)
        {
            json.WriteNumber(name, at);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
