using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>Which version of the Backend API a request asks for.</summary>
internal static class ApiVersion
{
    /// <summary>The version that is answered, whichever is asked for.</summary>
    public const string Current = "2026-05-12";

    private const string Header = "Clerk-API-Version";
    private const string Parameter = "__clerk_api_version";

    /// <summary>Whether a request names no version, or one well-formed date in one place.</summary>
    /// <remarks>Clients are ahead of the published versions, so any date will do.</remarks>
    public static bool IsAcceptable(HttpRequest request)
    {
        var header = request.Headers[Header];
        var parameter = request.Query[Parameter];
        return (header.Count, parameter.Count) switch
        {
            (0, 0) => true,
            (1, 0) => IsDate(header[0]),
            (0, 1) => IsDate(parameter[0]),
            _ => false,
        };
    }

    private static bool IsDate(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
