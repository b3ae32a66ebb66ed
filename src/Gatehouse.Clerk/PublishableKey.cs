using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Clerk;

/// <summary>A Clerk publishable key: public text that names an instance's Frontend API.</summary>
/// <remarks>
/// <c>pk_test_</c> or <c>pk_live_</c>, then the base64 of the Frontend API's host and one <c>$</c>. It comes only from parsing; the
/// default value belongs to no instance.
/// </remarks>
public readonly record struct PublishableKey
{
    private const string TestPrefix = "pk_test_";
    private const string LivePrefix = "pk_live_";
    private const int MaximumLength = 512;

    // The host becomes part of addresses that keys are downloaded from: a name or address and a port, and nothing else.
    private static readonly SearchValues<char> HostCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:");

    private readonly string? _text;
    private readonly string? _host;

    private PublishableKey(string text, string host) => (_text, _host) = (text, host);

    /// <summary>The host (and port, if any) of the instance's Frontend API, such as <c>foo-bar-13.clerk.accounts.dev</c>.</summary>
    public string FrontendApiHost => _host ?? "";

    /// <summary>What the instance's tokens carry as <c>iss</c>: <c>https://</c> and the host, with a development proxy too.</summary>
    public string Issuer => $"https://{FrontendApiHost}";

    /// <summary>Whether the instance is one for development; the prefix alone says so.</summary>
    public bool IsDevelopment => _text?.StartsWith(LivePrefix, StringComparison.Ordinal) is not true;

    /// <summary>What tells this instance's cookies from others' on the same host, as in <c>__session_nx2hSE6I</c>.</summary>
    /// <remarks>The first 8 characters of the base64url of the SHA-1 of the key's exact text, so padding counts.</remarks>
    public string CookieSuffix
    {
        get
        {
#pragma warning disable CA5350 // a short name for cookies as Clerk's own packages make it, and no protection of anything
            var digest = SHA1.HashData(Encoding.UTF8.GetBytes(ToString()));
#pragma warning restore CA5350
            return Base64Url.EncodeToString(digest)[..8];
        }
    }

    /// <summary>Reads a key.</summary>
    /// <returns>False unless the text has a known prefix and names a host with a dot in it, closed by exactly one <c>$</c>.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PublishableKey key)
    {
        var host = text is { Length: <= MaximumLength } && HasPrefix(text) ? DecodeHost(text[TestPrefix.Length..]) : null;
        key = host is null ? default : new PublishableKey(text!, host);
        return host is not null;
    }

    /// <summary>The key's text: it is public.</summary>
    public override string ToString() => _text ?? "";

    private static bool HasPrefix(string text) =>
        text.StartsWith(TestPrefix, StringComparison.Ordinal) || text.StartsWith(LivePrefix, StringComparison.Ordinal);

    private static string? DecodeHost(string encoded)
    {
        var unpadded = encoded.TrimEnd('=');
        var padded = unpadded.PadRight((unpadded.Length + 3) / 4 * 4, '=');
        Span<byte> bytes = stackalloc byte[MaximumLength];
        if (!Convert.TryFromBase64String(padded, bytes, out var length))
        {
            return null;
        }

        var decoded = Encoding.UTF8.GetString(bytes[..length]);
        return decoded.EndsWith('$') && IsHost(decoded.AsSpan()[..^1]) ? decoded[..^1] : null;
    }

    private static bool IsHost(ReadOnlySpan<char> host) =>
        host.Contains('.')
        && !host.ContainsAnyExcept(HostCharacters)
        && Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var address)
        && address.Authority.Equals(host.ToString(), StringComparison.OrdinalIgnoreCase);
}
