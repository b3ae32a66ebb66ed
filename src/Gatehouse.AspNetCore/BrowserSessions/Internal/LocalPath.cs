using Microsoft.Extensions.Primitives;

namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>A page of this app that an address asks to go on to. Whatever could be read as another host is the front page.</summary>
internal static class LocalPath
{
    private const string Front = "/";

    /// <remarks>
    /// Browsers read <c>//host</c>, <c>/\host</c> and the like as another host, and drop tabs and line breaks before they look.
    /// </remarks>
    public static string Of(StringValues asked) => asked is [{ Length: > 0 and <= 2048 } path] && IsLocal(path) ? path : Front;

    private static bool IsLocal(string path) =>
        path[0] == '/'
        && (path.Length == 1 || path[1] is not ('/' or '\\'))
        && !path.AsSpan().Contains('\\')
        && !path.AsSpan().ContainsAnyExceptInRange('!', '~');
}
