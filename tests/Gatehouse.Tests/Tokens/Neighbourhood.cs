using System.Text.Json.Nodes;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

/// <summary>One token of every class and form, and a verifier that knows all who issue them: a Clerk instance with its word on opaque tokens, and a foreign issuer.</summary>
internal sealed class Neighbourhood : IOpaqueTokenSource
{
    public const string Api = ForeignIssuer.Audience;

    private readonly Dictionary<string, OpaqueToken> _opaque = [];

    public Neighbourhood()
    {
        Forge = new TokenForge(Clock);
        Foreign = new ForeignIssuer(Clock);
        Tokens = new Dictionary<string, string>
        {
            ["session"] = Forge.Session(),
            ["session-v1"] = Forge.Session(ToVersion1),
            ["session-no-azp"] = Forge.Session(claims => claims.Remove("azp")),
            ["session-pending"] = Forge.Session(claims => claims["sts"] = "pending"),
            ["template"] = Forge.Template(),
            ["template-for"] = Forge.Template(claims => (claims["aud"], claims["service"]) = ("hemera-api", "aither")),
            ["m2m"] = Forge.M2M(),
            ["m2m-unmarked"] = Forge.M2M(header: header => header.Remove("cat")),
            ["m2m-opaque"] = Opaque("mt_", TokenClass.M2M, TokenForge.MachineId, TokenForge.ReceiverId),
            ["oauth"] = Forge.OAuth(),
            ["oauth-for"] = Forge.OAuth(claims => claims["aud"] = Api),
            ["oauth-opaque"] = Opaque("oat_", TokenClass.OAuth, TokenForge.UserId, "profile"),
            ["api-key"] = Opaque("ak_", TokenClass.ApiKey, TokenForge.UserId, "read:things"),
            ["handshake"] = Forge.Session(ToHandshake),
            ["foreign"] = Foreign.Rs256(),
            ["foreign-es256"] = Foreign.Es256(),
        };
    }

    public TestClock Clock { get; } = new();

    public TokenForge Forge { get; }

    public ForeignIssuer Foreign { get; }

    public IReadOnlyDictionary<string, string> Tokens { get; }

    public TokenVerifier Verifier(RevocationList? revocations = null, int cacheSize = 64) =>
        new([Forge.Issuer with { OpaqueTokens = this }, ForeignIssuer.Issuer], Clock, revocations, cacheSize);

    /// <summary>Makes an opaque token that the issuer knows.</summary>
    public string Opaque(string prefix, TokenClass tokenClass, string subject, string scope, string claims = "{}")
    {
        var text = $"{prefix}{_opaque.Count:0000000000000000}";
        _opaque[text] = new OpaqueToken
        {
            Class = tokenClass,
            Id = $"{prefix}id{_opaque.Count}",
            Subject = subject,
            Scopes = [scope],
            CreatedAt = Clock.GetUtcNow(),
            ExpiresAt = Clock.GetUtcNow().AddDays(90),
            Claims = System.Text.Encoding.UTF8.GetBytes(claims),
        };
        return text;
    }

    public ValueTask<OpaqueLookup> FindAsync(string token, TokenClass tokenClass, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_opaque.TryGetValue(token, out var known) ? OpaqueLookup.Of(known) : OpaqueLookup.Unknown);

    private static void ToVersion1(JsonObject claims)
    {
        foreach (var name in new[] { "v", "fva", "pla", "sts" })
        {
            claims.Remove(name);
        }

        (claims["org_id"], claims["org_role"]) = ("org_2Acme", "org:admin");
    }

    private static void ToHandshake(JsonObject claims)
    {
        claims["handshake"] = new JsonArray("__session=x; Path=/");
        claims.Remove("sub");
        claims.Remove("sid");
    }
}
