namespace Gatehouse.Tokens;

/// <summary>Why a token was refused. Each has a stable code (<see cref="TokenFailures.ToCode"/>), which is what outsiders see.</summary>
public enum TokenFailure
{
    /// <summary>Nobody has verified the token. Zero, so that a forgotten assignment refuses.</summary>
    Unverified = 0,

    /// <summary>Not three base64url parts with a JSON header and payload, or a claim of the wrong type.</summary>
    Malformed,

    /// <summary>Longer than <see cref="TokenVerifier.MaximumTokenLength"/>.</summary>
    TooLarge,

    /// <summary>The header's <c>alg</c> is not the key's.</summary>
    Algorithm,

    /// <summary>The header's <c>typ</c> or <c>cat</c> is none that Gatehouse knows, or it demands an extension (<c>crit</c>).</summary>
    Type,

    /// <summary>The issuer has no key of this <c>kid</c>.</summary>
    KeyUnknown,

    /// <summary>The issuer has a key of this <c>kid</c>, but it is weak or not one to sign with.</summary>
    KeyUnusable,

    /// <summary>The signature is not that key's over these bytes.</summary>
    Signature,

    /// <summary>A class that this entrance does not take, or claims that contradict the class.</summary>
    Class,

    /// <summary>Signed by a known key, but in the name of another issuer; or of an issuer that this entrance does not take.</summary>
    Issuer,

    /// <summary><c>azp</c> names a party that is not listed, or is absent where it must be present.</summary>
    AuthorizedParty,

    /// <summary>Meant for somebody else (<c>aud</c>), or for nobody where an audience is demanded.</summary>
    Audience,

    /// <summary>Past its <c>exp</c>.</summary>
    Expired,

    /// <summary>Before its <c>nbf</c>.</summary>
    NotYetValid,

    /// <summary>Its <c>iat</c> lies in the future.</summary>
    IssuedInFuture,

    /// <summary>Lives longer than this entrance admits, which would outlast a revocation.</summary>
    Lifetime,

    /// <summary>A machine token that does not name this receiver.</summary>
    Scope,

    /// <summary>A session with an outstanding task (<c>sts</c> is <c>pending</c>).</summary>
    Pending,

    /// <summary>Revoked by session, user, machine, token or key.</summary>
    Revoked,

    /// <summary>Signed by the published key of the local services, which anybody holds.</summary>
    PublishedKey,

    /// <summary>The key set cannot be had just now. The one failure that is ours and not the caller's.</summary>
    KeysUnavailable,

    /// <summary>Opaque: only Clerk can say, and this verifier does not ask.</summary>
    NeedsClerk,

    /// <summary>Opaque, and its issuer knows it for no good one: made up, revoked, expired, or not for this receiver.</summary>
    Unknown,

    /// <summary>
    /// It lives longer than a minute, and the feed of revocations has been silent for as long: nobody can say whether it still holds. Ours,
    /// and not the caller's, like <see cref="KeysUnavailable"/>.
    /// </summary>
    RevocationsStale,
}
