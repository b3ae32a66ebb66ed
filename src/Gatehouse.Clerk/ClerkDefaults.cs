namespace Gatehouse.Clerk;

/// <summary>Names and addresses of Clerk's that configuration and tests refer to.</summary>
public static class ClerkDefaults
{
    /// <summary>Where Clerk's own Backend API is.</summary>
    public const string ApiUrl = "https://api.clerk.com";

    /// <summary>The version of Clerk's interfaces that is spoken.</summary>
    public const string ApiVersion = "2026-05-12";

    /// <summary>What the instance of the plain <c>CLERK_…</c> variables is called where instances are named.</summary>
    public const string MainInstance = "main";

    /// <summary>The name of the HTTP client that calls the Backend API.</summary>
    public const string HttpClientName = "Gatehouse.Clerk";

    /// <summary>The name of the HTTP client that downloads key sets.</summary>
    public const string KeySetHttpClientName = "Gatehouse.Clerk.Keys";

    /// <summary>The name of the HTTP client that asks about opaque tokens: each call once, since a caller waits for it.</summary>
    public const string OpaqueTokenHttpClientName = "Gatehouse.Clerk.OpaqueTokens";

    /// <summary>The name of the HTTP client that reads the discovery documents and key sets of other issuers.</summary>
    public const string OpenIdConnectHttpClientName = "Gatehouse.Clerk.OpenIdConnect";

    internal const string InstancesSection = "Gatehouse:Instances";

    internal const string KeySetPath = ".well-known/jwks.json";

    internal const string DiscoveryPath = ".well-known/openid-configuration";
}
