using System.Text.Json;
using Gatehouse.Tokens.Internal;

namespace Gatehouse.Tokens;

/// <summary>What a genuine token says. Nothing of it was believed before the signature had been verified.</summary>
/// <remarks>Immutable, and shared by all requests that show the same token.</remarks>
public sealed class TokenClaims
{
    private readonly TokenPayload _payload;
    private OrganizationClaims? _organization;

    internal TokenClaims(TokenPayload payload) => _payload = payload;

    // Written by whoever decides first; two who decide at once decide the same.
    internal Access.RoleMemo? RoleMemo { get; set; }

    internal bool HasOrganization { get; init; }

    /// <summary>The token's class.</summary>
    public TokenClass Class { get; internal init; }

    /// <summary>Whether the token says nothing by itself, and its issuer was asked.</summary>
    public bool IsOpaque { get; internal init; }

    /// <summary><c>iss</c>.</summary>
    public required string Issuer { get; init; }

    /// <summary><c>sub</c>: a user's or a machine's id.</summary>
    public required string Subject { get; init; }

    /// <summary><c>exp</c>.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary><c>iat</c>; null when the token does not say.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary><c>nbf</c>; null when the token does not say.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary><c>sid</c>, on session tokens only.</summary>
    public string? SessionId { get; init; }

    /// <summary><c>azp</c>: the origin for which the token was made. Null of a machine, whose word it would be.</summary>
    public string? AuthorizedParty { get; init; }

    /// <summary><c>jti</c>: the token's own id.</summary>
    public string? TokenId { get; init; }

    /// <summary><c>aud</c>, one or many; empty, never null.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>
    /// What a machine or OAuth token may be used for; empty for other classes. Of a machine token <c>scopes</c>, or else its
    /// <see cref="Audiences"/>: the ids of the machines that may receive it. Of an OAuth token <c>scope</c>, or else <c>scp</c>.
    /// </summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Whether the session has an outstanding task (<c>sts</c> is <c>pending</c>).</summary>
    public bool IsPending { get; init; }

    /// <summary>The active organization, from <c>o</c> (version 2) or <c>org_id</c> and its kin (version 1); null outside any.</summary>
    /// <remarks>Read from the payload when it is first asked for.</remarks>
    public OrganizationClaims? Organization =>
        HasOrganization ? _organization ??= _payload.Read(static (json, _) => OrganizationReader.Read(json), 0) : null;

    /// <summary>Minutes since the first factor was verified, from <c>fva</c> of a session; null when never, or not said.</summary>
    public int? FirstFactorAge { get; init; }

    /// <summary>Minutes since the second factor was verified, from <c>fva</c> of a session; null when never, not enrolled, or not said.</summary>
    public int? SecondFactorAge { get; init; }

    /// <summary>Whether somebody else acts as this user (<c>act</c>): an impersonation.</summary>
    public bool IsImpersonated { get; init; }

    /// <summary>Who acts as this user (<c>act.sub</c>), such as a member of staff; null when it is the user.</summary>
    /// <remarks>Reads the payload at each call.</remarks>
    public string? ActorId => IsImpersonated ? _payload.Read(static (json, _) => FindActor(json), 0) : null;

    /// <summary>The payload as it was signed: UTF-8 JSON.</summary>
    /// <remarks>A copy at each call: the payload is kept nowhere but in the token's text.</remarks>
    public ReadOnlyMemory<byte> Payload => _payload.ToArray();

    /// <summary>A claim of any name as text; null when it is absent, null, or no string.</summary>
    /// <remarks>Reads the payload at each call. For several claims at once, parse <see cref="Payload"/>.</remarks>
    public string? FindText(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return _payload.Read(FindText, name);
    }

    private static string? FindText(ReadOnlySpan<byte> json, string name)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(name))
            {
                reader.Read();
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }

            reader.Skip();
        }

        return null;
    }

    private static string? FindActor(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var claims = JsonDocument.ParseValue(ref reader);
        return claims.RootElement.GetProperty("act"u8).TryGetProperty("sub"u8, out var actor) && actor.ValueKind == JsonValueKind.String
            ? actor.GetString()
            : null;
    }
}
