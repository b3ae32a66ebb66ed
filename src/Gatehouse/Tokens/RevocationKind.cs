namespace Gatehouse.Tokens;

/// <summary>What a revocation names.</summary>
public enum RevocationKind
{
    /// <summary>A session (<c>sess_…</c>): all of its tokens.</summary>
    Session,

    /// <summary>A user (<c>user_…</c>): the tokens that were issued up to the time of the revocation.</summary>
    User,

    /// <summary>A machine (<c>mch_…</c>): all of its tokens.</summary>
    Machine,

    /// <summary>One token, by its <c>jti</c>, or by the id of an opaque one.</summary>
    Token,

    /// <summary>An API key, by its id (<c>ak_…</c>).</summary>
    Key,
}
