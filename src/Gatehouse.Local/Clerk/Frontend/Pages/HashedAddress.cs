using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Local.Clerk.Frontend.Pages;

/// <summary>
/// Clerk's browser client puts the way back behind the number sign, where no server sees it. This script, the only one of these pages,
/// brings it before.
/// </summary>
internal static class HashedAddress
{
    private const string Script =
        "if (location.hash.startsWith('#/?')) { location.replace(location.pathname + '?' + location.hash.slice(3)); }";

    /// <summary>The element that the page holds.</summary>
    public static string Element => $"<script>{Script}</script>";

    /// <summary>What allows this script and no other.</summary>
    public static string Source { get; } = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)))}'";
}
