using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>What an event tells of the request that caused it.</summary>
internal sealed record EventAttributes(string ClientAddress, string UserAgent)
{
    private static readonly AsyncLocal<EventAttributes?> Ambient = new();

    /// <summary>Those of the request that is being answered; empty ones outside of any.</summary>
    public static EventAttributes Current => Ambient.Value ?? new EventAttributes("", "");

    /// <summary>Takes them from a request, for all that is done to answer it.</summary>
    public static void Begin(HttpRequest request) => Ambient.Value = new EventAttributes(
        request.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "",
        request.Headers.UserAgent.ToString());
}
