namespace Gatehouse.Tokens.Internal;

/// <summary>
/// Decides what a genuine JWT is. Header and claims must agree: a category without the claims that belong to it, or with those of another
/// class, is no class at all. Never decided by what metadata happens to be missing.
/// </summary>
internal static class TokenClassifier
{
    /// <returns>The class, or <see cref="TokenClass.None"/> for a token that contradicts itself.</returns>
    public static TokenClass Classify(JoseHeader header, string? subject, string? sessionId, bool handshake)
    {
        var isMachine = ClerkIds.Is(ClerkIds.Machine, subject);
        var isUser = ClerkIds.Is(ClerkIds.User, subject);
        var unmarked = header.Category is HeaderCategory.Absent or HeaderCategory.Ignore;

        if (header.Type == HeaderType.AccessToken)
        {
            return unmarked && isUser && sessionId is null && !handshake ? TokenClass.OAuth : TokenClass.None;
        }

        // Before the handshake, which has no subject: a machine's claim of that name is its own word.
        if (isMachine || header.Category == HeaderCategory.M2M)
        {
            return isMachine && sessionId is null && (unmarked || header.Category == HeaderCategory.M2M) ? TokenClass.M2M : TokenClass.None;
        }

        if (handshake)
        {
            return subject is null && (unmarked || header.Category == HeaderCategory.Session) ? TokenClass.Handshake : TokenClass.None;
        }

        var hasSession = ClerkIds.Is(ClerkIds.Session, sessionId);
        return (header.Category, isUser, sessionId) switch
        {
            (_, false, _) => TokenClass.None,
            (HeaderCategory.Session, _, _) => hasSession ? TokenClass.Session : TokenClass.None,
            (HeaderCategory.Template, _, null) => TokenClass.Template,
            (HeaderCategory.Absent or HeaderCategory.Ignore, _, null) => TokenClass.Template,
            (HeaderCategory.Absent or HeaderCategory.Ignore, _, _) => hasSession ? TokenClass.Session : TokenClass.None,
            _ => TokenClass.None,
        };
    }

    /// <summary>
    /// The class of a token of another issuer than Clerk: what it may do is its scopes, and nobody's session, role or organization. Its
    /// subject is any text.
    /// </summary>
    public static TokenClass ClassifyForeign(JoseHeader header, string? subject) =>
        header.Category == HeaderCategory.Absent && !string.IsNullOrEmpty(subject) ? TokenClass.OAuth : TokenClass.None;
}
