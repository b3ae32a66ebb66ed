using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>An address's query, with and without what Clerk puts there.</summary>
internal readonly struct VisitQuery(QueryString query)
{
    private static readonly string[] Clerks = [CookieNames.Handshake, CookieNames.HandshakeNonce, CookieNames.DevBrowser];

    // Nearly no address has any of them.
    private bool MayHave => query.Value?.Contains("__clerk_", StringComparison.Ordinal) == true;

    /// <summary>The query without Clerk's parameters; what remains is left as it was written.</summary>
    public QueryString Clean
    {
        get
        {
            if (!MayHave)
            {
                return query;
            }

            var kept = query.Value![1..].Split('&').Where(part => !Array.Exists(Clerks, name => NameOf(part) == name));
            var text = string.Join('&', kept);
            return text.Length == 0 ? QueryString.Empty : new QueryString($"?{text}");
        }
    }

    /// <summary>A parameter that stands there once; null for none, an empty one, or two.</summary>
    public string? Find(string name) =>
        MayHave && QueryHelpers.ParseNullableQuery(query.Value) is { } parsed && parsed.TryGetValue(name, out var values) && values is [{ Length: > 0 } only]
            ? only
            : null;

    private static string NameOf(string part) => Uri.UnescapeDataString(part.Split('=', 2)[0].Replace('+', ' '));
}
