namespace Gatehouse.Tokens.Internal;

/// <summary>
/// The answer of a browser handshake in its signed form: the cookies that Clerk would have an app set. It names nobody, and is no credential
/// at any entrance.
/// </summary>
internal static class HandshakeToken
{
    /// <summary>Verifies the token by the instance's keys.</summary>
    /// <returns>Its <c>Set-Cookie</c> lines; or null with the reason.</returns>
    public static async ValueTask<(IReadOnlyList<string>? Directives, TokenFailure Failure)> ReadAsync(
        string token, TokenIssuer issuer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (token.Length > TokenVerifier.MaximumTokenLength)
        {
            return (null, TokenFailure.TooLarge);
        }

        if (!UnverifiedToken.TryRead(token, out var unverified))
        {
            return (null, TokenFailure.Malformed);
        }

        if (unverified.Header is not { Algorithm: HeaderAlgorithm.RS256, Type: not (HeaderType.Other or HeaderType.AccessToken) })
        {
            return (null, TokenFailure.Type);
        }

        var lookup = await issuer.Keys.FindAsync(unverified.Header.KeyId, cancellationToken).ConfigureAwait(false);
        if (!lookup.Found)
        {
            return (null, lookup.Failure);
        }

        if (lookup.Key.IsPublished && !issuer.AdmitPublishedKeys)
        {
            return (null, TokenFailure.PublishedKey);
        }

        return unverified.IsSignedBy(lookup.Key) ? unverified.Payload.Read(ReadPayload, now) : (null, TokenFailure.Signature);
    }

    private static (IReadOnlyList<string>? Directives, TokenFailure Failure) ReadPayload(ReadOnlySpan<byte> payload, DateTimeOffset now)
    {
        if (!StrictJson.IsUtf8(payload) || !StrictJson.IsStrict(payload))
        {
            return (null, TokenFailure.Malformed);
        }

        try
        {
            return ReadMembers(payload, now);
        }
        catch (Exception refused) when (StrictJson.IsRefusal(refused))
        {
            return (null, TokenFailure.Malformed);
        }
    }

    private static (IReadOnlyList<string>? Directives, TokenFailure Failure) ReadMembers(ReadOnlySpan<byte> payload, DateTimeOffset now)
    {
        var json = StrictJson.Reader(payload);
        List<string>? directives = null;
        var (expires, names) = (long.MaxValue, false);
        StrictJson.Enter(ref json);
        while (StrictJson.NextMember(ref json))
        {
            if (json.ValueTextEquals("handshake"u8))
            {
                json.Read();
                directives = StrictJson.Texts(ref json);
            }
            else if (json.ValueTextEquals("exp"u8))
            {
                expires = StrictJson.Seconds(ref json);
            }
            else
            {
                // Somebody's token is no handshake, whatever else it holds.
                names |= json.ValueTextEquals("sub"u8);
                json.Skip();
            }
        }

        return (directives, names) switch
        {
            (null, _) or (_, true) => (null, TokenFailure.Class),
            _ when expires <= now.ToUnixTimeSeconds() => (null, TokenFailure.Expired),
            _ => (directives, TokenFailure.Unverified),
        };
    }
}
