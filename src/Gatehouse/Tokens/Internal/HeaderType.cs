namespace Gatehouse.Tokens.Internal;

/// <summary>The header's <c>typ</c>. Compared to the letter: Clerk writes it in one way only.</summary>
internal enum HeaderType
{
    /// <summary>Not there, which means <c>JWT</c>.</summary>
    Absent,

    /// <summary><c>JWT</c>.</summary>
    Jwt,

    /// <summary><c>at+jwt</c> (RFC 9068).</summary>
    AccessToken,

    /// <summary>Something else, or a header that demands an extension.</summary>
    Other,
}
