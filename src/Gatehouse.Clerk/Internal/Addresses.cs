using System.Diagnostics.CodeAnalysis;

namespace Gatehouse.Clerk.Internal;

/// <summary>What an upstream address must be: absolute, without credentials, and HTTPS unless it stays on this machine.</summary>
internal static class Addresses
{
    public const string Demand = "must be an absolute https address (http only on loopback), without user, query or fragment";

    public static bool IsSafe([NotNullWhen(true)] Uri? address) => IsSafeWithQuery(address) && address.Query.Length == 0;

    /// <summary>For key sets of other issuers, some of which tell theirs apart by a query.</summary>
    public static bool IsSafeWithQuery([NotNullWhen(true)] Uri? address) =>
        address is { IsAbsoluteUri: true }
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address.UserInfo.Length == 0
        && address.Fragment.Length == 0;

    public static bool TryParse(string? text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && IsSafe(address);

    /// <summary>Appends a path, whether or not the address ends in a slash or has a path of its own.</summary>
    public static Uri Append(Uri address, string path) =>
        new($"{address.AbsoluteUri.TrimEnd('/')}/{path}", UriKind.Absolute);
}
