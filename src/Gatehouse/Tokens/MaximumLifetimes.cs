namespace Gatehouse.Tokens;

/// <summary>
/// The longest life (<c>exp − iat</c>) that is taken, by class. It bounds how long a revocation must be remembered: what lives longer could
/// come back after it was forgotten.
/// </summary>
public sealed record MaximumLifetimes
{
    /// <summary>For session tokens. Default 1 hour (Clerk's own live 60 seconds).</summary>
    public TimeSpan Session { get; set; } = TimeSpan.FromHours(1);

    /// <summary>For template tokens. Default 15 minutes.</summary>
    public TimeSpan Template { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>For machine tokens that are JWTs. Default 1 hour.</summary>
    public TimeSpan M2M { get; set; } = TimeSpan.FromHours(1);

    /// <summary>For OAuth access tokens that are JWTs. Default 24 hours.</summary>
    public TimeSpan OAuth { get; set; } = TimeSpan.FromHours(24);

    internal TimeSpan Of(TokenClass tokenClass) => tokenClass switch
    {
        TokenClass.Session => Session,
        TokenClass.Template => Template,
        TokenClass.M2M => M2M,
        TokenClass.OAuth => OAuth,
        _ => TimeSpan.Zero,
    };
}
