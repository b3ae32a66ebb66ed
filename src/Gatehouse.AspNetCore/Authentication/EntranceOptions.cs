using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.Authentication;

/// <summary>What an entrance of this app demands. Bound from the section <c>Gatehouse</c>; the names are those of <see cref="Entrance"/>.</summary>
public sealed class EntranceOptions
{
    /// <summary>The classes of tokens that are taken.</summary>
    /// <value>Default <see cref="TokenClass.Session"/>.</value>
    public TokenClass Classes { get; set; } = TokenClass.Session;

    /// <summary>
    /// The issuers whose tokens are taken: a further Clerk instance by the name that <c>AddClerk(name)</c> gave it, the one of the plain
    /// <c>CLERK_…</c> variables as <c>main</c>, any other issuer as its tokens name it in <c>iss</c>. An unknown name stops the start.
    /// </summary>
    /// <value>Default empty: the main instance and other issuers, but no further Clerk instance, which enters only where it is named.</value>
    public IList<string> Issuers { get; } = [];

    /// <summary>The origins whose session and template tokens are taken, such as <c>https://app.example.com</c>.</summary>
    /// <value>Default empty: any. List them wherever the tokens of one Clerk instance reach several apps.</value>
    public IList<string> AuthorizedParties { get; } = [];

    /// <summary>Whether a session or template token without <c>azp</c> enters though parties are listed.</summary>
    /// <value>Default no.</value>
    public bool AdmitAbsentParty { get; set; }

    /// <summary>The audiences of which a session, template or OAuth token must name one.</summary>
    /// <value>Default empty: <c>aud</c> is not looked at.</value>
    public IList<string> Audiences { get; } = [];

    /// <summary>This app's own machine id at Clerk (<c>mch_…</c>). Needed to take machine tokens: they must name it.</summary>
    public string? MachineId { get; set; }

    /// <summary>A claim that a template token must carry as a text.</summary>
    public string? TemplateClaim { get; set; }

    /// <summary>Whether a template token's role claim is believed. Needs <see cref="TemplateClaim"/> or <see cref="Audiences"/>.</summary>
    /// <value>Default no: the person's public metadata decides.</value>
    public bool TrustTemplateRole { get; set; }

    /// <summary>The claim that names the application role.</summary>
    /// <value>Default <c>role</c>.</value>
    public string RoleClaim { get; set; } = "role";

    /// <summary>Whether a session with an outstanding task enters.</summary>
    /// <value>Default no.</value>
    public bool AdmitPending { get; set; }

    /// <summary>
    /// Whether a request without an <c>Authorization</c> header may show its session in cookies, as browsers do. Needs
    /// <see cref="AuthorizedParties"/>, which are then also the only origins that a browser is sent back to.
    /// </summary>
    /// <value>Default no; <c>AddBrowserSessions</c> says yes for the main entrance.</value>
    public bool TakesCookies { get; set; }

    /// <summary>How far the signer's clock may differ.</summary>
    /// <value>Default 5 seconds; 0 to 60. More keeps expired tokens alive; 0 refuses tokens from a clock a moment ahead.</value>
    public TimeSpan Skew { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest lives that are taken.</summary>
    /// <remarks>A copy of what is assigned: what the configuration says of one entrance must not change another's.</remarks>
    public MaximumLifetimes MaximumLifetimes { get; set => field = value with { }; } = new();

    /// <summary>
    /// Refusals that are counted and logged (<c>gatehouse.report_only</c>) and not made, to learn what a new demand would refuse. Of
    /// <see cref="TokenFailure.AuthorizedParty"/>, <see cref="TokenFailure.Class"/>, <see cref="TokenFailure.Audience"/> and
    /// <see cref="TokenFailure.Lifetime"/>; no other can be left open.
    /// </summary>
    /// <value>Default empty.</value>
    public IList<TokenFailure> ReportOnly { get; } = [];

    /// <summary>The name of the protected space, which challenges show.</summary>
    /// <value>Default <c>gatehouse</c>.</value>
    public string Realm { get; set; } = "gatehouse";
}
