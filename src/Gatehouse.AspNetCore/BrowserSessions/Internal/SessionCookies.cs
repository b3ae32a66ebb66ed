using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>What a request's cookies say of its session, as they came: nothing is decoded, and nothing believed.</summary>
/// <remarks>
/// The framework's collection keeps one of two cookies of a name and says nothing of the other; a sister domain can plant the other, so
/// they are read here.
/// </remarks>
internal sealed class SessionCookies
{
    private string? _session;
    private string? _suffixedSession;
    private string? _uat;
    private string? _suffixedUat;
    private string? _devBrowser;
    private string? _suffixedDevBrowser;

    private SessionCookies()
    {
    }

    /// <summary>Two session cookies of one name: somebody planted one of them, and nobody can say which.</summary>
    public bool IsDoubled { get; private set; }

    /// <summary>The session token. The plain name counts only where nothing stands under the instance's own.</summary>
    public string? Session => UsesSuffix ? _suffixedSession : _session;

    /// <summary>When the sign-in state changed last, in unix seconds; 0 for signed out, absent, or no number.</summary>
    public long ClientUat =>
        long.TryParse(UsesSuffix ? _suffixedUat : _uat, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;

    public bool HasClientUat => _uat is not null || _suffixedUat is not null;

    public string? DevBrowser => _suffixedDevBrowser ?? _devBrowser;

    public string? Refresh { get; private set; }

    public string? Handshake { get; private set; }

    public string? HandshakeNonce { get; private set; }

    /// <summary>How often the browser was sent away of late; null where it keeps no cookies, or was not sent.</summary>
    public int? Redirects { get; private set; }

    private bool UsesSuffix => _suffixedSession is not null || _suffixedUat is not null;

    public static SessionCookies Read(StringValues headers, CookieNames names)
    {
        var cookies = new SessionCookies();
        foreach (var header in headers)
        {
            foreach (var part in header.AsSpan().Split(';'))
            {
                var cookie = header.AsSpan()[part].Trim();
                var equals = cookie.IndexOf('=');

                // Every cookie of ours begins so; the others need no look.
                if (equals > 0 && cookie.StartsWith("__", StringComparison.Ordinal))
                {
                    cookies.Take(cookie[..equals], cookie[(equals + 1)..], names);
                }
            }
        }

        return cookies;
    }

    private void Take(ReadOnlySpan<char> name, ReadOnlySpan<char> value, CookieNames names)
    {
        if (name.SequenceEqual(CookieNames.Session))
        {
            IsDoubled |= _session is not null;
            _session = Text(value);
        }
        else if (name.SequenceEqual(names.SuffixedSession))
        {
            IsDoubled |= _suffixedSession is not null;
            _suffixedSession = Text(value);
        }
        else if (name.SequenceEqual(CookieNames.ClientUat))
        {
            _uat = Later(_uat, value);
        }
        else if (name.SequenceEqual(names.SuffixedClientUat))
        {
            _suffixedUat = Later(_suffixedUat, value);
        }
        else if (name.SequenceEqual(names.Refresh))
        {
            Refresh = Text(value);
        }
        else
        {
            TakeRare(name, value, names);
        }
    }

    private void TakeRare(ReadOnlySpan<char> name, ReadOnlySpan<char> value, CookieNames names)
    {
        switch (name)
        {
            case CookieNames.DevBrowser:
                _devBrowser = Text(value);
                break;
            case CookieNames.Handshake:
                Handshake = Text(value);
                break;
            case CookieNames.HandshakeNonce:
                HandshakeNonce = Text(value);
                break;
            case CookieNames.RedirectCount:
                Redirects = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : int.MaxValue;
                break;
            default:
                _suffixedDevBrowser = name.SequenceEqual(names.SuffixedDevBrowser) ? Text(value) : _suffixedDevBrowser;
                break;
        }
    }

    private static string? Text(ReadOnlySpan<char> value) => value.IsEmpty ? null : value.ToString();

    // Clerk sets it for the whole domain and an app for its own host: of the two the later one knows more.
    private static string? Later(string? known, ReadOnlySpan<char> value) =>
        known is not null && (known.Length, known).CompareTo((value.Length, value.ToString())) > 0 ? known : Text(value);
}
