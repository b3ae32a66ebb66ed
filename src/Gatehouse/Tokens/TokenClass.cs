namespace Gatehouse.Tokens;

/// <summary>
/// What kind of credential a token is. Tokens of different classes are signed with the same keys and look alike; an entrance names the
/// classes that it takes, and everything else is refused there.
/// </summary>
/// <remarks>
/// Clerk tells the classes of JWTs apart by the JOSE header's <c>cat</c> and <c>typ</c>, and opaque ones by their prefix. Flags, so that an
/// entrance can name several; a token has exactly one.
/// </remarks>
[Flags]
public enum TokenClass
{
    /// <summary>No class: no token has it, and an entrance that names none takes nothing.</summary>
    None = 0,

    /// <summary>A person's session: has <c>sid</c>, and a <c>user_</c> subject.</summary>
    Session = 1,

    /// <summary>A JWT template's token: names a person, but is bound to no session.</summary>
    Template = 2,

    /// <summary>A machine's token for other machines: a JWT with an <c>mch_</c> subject, or opaque (<c>mt_</c>).</summary>
    M2M = 4,

    /// <summary>An OAuth access token: a JWT of type <c>at+jwt</c>, or opaque (<c>oat_</c>).</summary>
    OAuth = 8,

    /// <summary>An API key (<c>ak_</c>), always opaque.</summary>
    ApiKey = 16,

    /// <summary>The signed answer of a browser handshake; never a credential for a request.</summary>
    Handshake = 32,
}
