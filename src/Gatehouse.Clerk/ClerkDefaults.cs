namespace Gatehouse.Clerk;

/// <summary>Names and addresses of Clerk's that configuration and tests refer to.</summary>
public static class ClerkDefaults
{
    /// <summary>Where Clerk's own Backend API is.</summary>
    public const string ApiUrl = "https://api.clerk.com";

    /// <summary>The name of the HTTP client that calls the Backend API.</summary>
    public const string HttpClientName = "Gatehouse.Clerk";

    /// <summary>The name of the HTTP client that downloads key sets.</summary>
    public const string KeySetHttpClientName = "Gatehouse.Clerk.Keys";

    internal const string KeySetPath = ".well-known/jwks.json";
}
