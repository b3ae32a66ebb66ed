using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>The response header by which nobody can take this server for Clerk.</summary>
internal static class LocalClerkHeader
{
    public const string Name = "X-Gatehouse-Local";
    public const string Value = "clerk";

    public static void Stamp(HttpResponse response) => response.Headers[Name] = Value;
}
