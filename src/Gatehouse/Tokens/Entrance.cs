using System.Collections.Frozen;

namespace Gatehouse.Tokens;

/// <summary>What one entrance demands of the tokens shown at it. Decided anew at every use, for cached tokens too.</summary>
public sealed record Entrance
{
    /// <summary>The classes that are taken; every other is refused. Default <see cref="TokenClass.Session"/>.</summary>
    public TokenClass Classes { get; init; } = TokenClass.Session;

    /// <summary>The issuers whose tokens are taken, by <see cref="TokenIssuer.Name"/>. Default none: every issuer that the verifier knows.</summary>
    public FrozenSet<string> Issuers { get; init; } = [];

    /// <summary>
    /// The origins whose session and template tokens are taken (<c>azp</c>), compared to the letter. Default none: any party.
    /// </summary>
    public FrozenSet<string> AuthorizedParties { get; init; } = [];

    /// <summary>
    /// Whether a token without <c>azp</c> enters though parties are listed. Default no; cookie entrances say yes, because a browser's plain
    /// navigation sends no Origin and Clerk then has none to write.
    /// </summary>
    public bool AdmitAbsentParty { get; init; }

    /// <summary>The audiences of which a session, template or OAuth token must name one. Default none: <c>aud</c> is not looked at.</summary>
    public FrozenSet<string> Audiences { get; init; } = [];

    /// <summary>This receiver's own machine id. A machine token enters only if its scopes (or audience) name it; without one, none does.</summary>
    public string? MachineId { get; init; }

    /// <summary>
    /// A claim that a template token must carry, as a text that is not empty. It tells the one template that is meant from others of the
    /// same instance. Default none.
    /// </summary>
    public string? TemplateClaim { get; init; }

    /// <summary>Whether a session with an outstanding task enters. Default no, as in Clerk's SDKs.</summary>
    public bool AdmitPending { get; init; }

    /// <summary>How far the clock of whoever signed may differ. Default 5 seconds, as Clerk allows.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a token of each class may live in all (<c>exp − iat</c>).</summary>
    public MaximumLifetimes MaximumLifetimes { get; init; } = new();

    /// <summary>
    /// Refusals that are only reported (<see cref="TokenResult.Reported"/>) and not made: for learning what a new demand would refuse before
    /// it does. Default none.
    /// </summary>
    public FrozenSet<TokenFailure> ReportOnly { get; init; } = [];

    /// <summary>
    /// Whether tokens that live longer than a minute enter while the feed of revocations is silent. Default no: a revocation could have
    /// been missed.
    /// </summary>
    public bool AdmitStaleRevocations { get; init; }

    /// <summary>Whether a token past its <c>exp</c> meets this entrance's demands: to tell a session that can be renewed from one that cannot.</summary>
    internal bool AdmitExpired { get; init; }

    internal bool Takes(TokenClass tokenClass) => (Classes & tokenClass) != TokenClass.None;

    internal bool Takes(TokenIssuer issuer) => Issuers.Count == 0 || Issuers.Contains(issuer.Name);
}
