using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Gatehouse.Access;
using Gatehouse.Testbed;
using Gatehouse.Tests.Tokens;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Access;

/// <summary>
/// Decision 2, cell by cell: what a claim adds to what its bearer may do, by class. Whoever mints a machine token, an API key or an OAuth
/// token chooses its claims, so nothing in them is authority.
/// </summary>
public sealed class AuthorityTests
{
    // Of a machine token scopes are its receivers, written by Clerk; of an OAuth token scope is what the person consented to.
    private const string Table = """
        .               session       template  trusted-template  m2m        m2m-opaque  oauth    oauth-opaque  api-key  foreign
        role            role          -         role              -          -           -        -             -        -
        metadata        -             -         -                 -          -           -        -             -        -
        public_metadata -             -         -                 -          -           -        -             -        -
        o               organization  -         -                 -          -           -        -             -        -
        org_id          -             -         -                 -          -           -        -             -        -
        org_role        -             -         -                 -          -           -        -             -        -
        org_permissions -             -         -                 -          -           -        -             -        -
        fea             -             -         -                 -          -           -        -             -        -
        pla             -             -         -                 -          -           -        -             -        -
        features        -             -         -                 -          -           -        -             -        -
        permissions     -             -         -                 -          -           -        -             -        -
        groups          -             -         -                 -          -           -        -             -        -
        scopes          -             -         -                 scopes     -           -        -             -        -
        scope           -             -         -                 -          -           scopes   -             -        scopes
        scp             -             -         -                 -          -           -        -             -        -
        fva             ages          -         -                 -          -           -        -             -        -
        sid             -             none      none              none       -           none     -             -        -
        azp             -             -         -                 -          -           -        -             -        -
        """;

    private static readonly Dictionary<string, string> Values = new()
    {
        ["role"] = "\"admin\"",
        ["metadata"] = """{"role":"admin","permissions":["manage:users"]}""",
        ["public_metadata"] = """{"role":"admin"}""",
        ["o"] = """{"id":"org_2Operators","rol":"admin","slg":"operators","per":"read,manage","fpm":"3"}""",
        ["org_id"] = "\"org_2Operators\"",
        ["org_role"] = "\"org:admin\"",
        ["org_permissions"] = "[\"org:billing:manage\"]",
        ["fea"] = "\"o:billing,u:beta\"",
        ["pla"] = "\"o:enterprise\"",
        ["features"] = "[\"beta\"]",
        ["permissions"] = "[\"manage:users\"]",
        ["groups"] = "[\"admin\"]",
        ["scopes"] = $"\"{TokenForge.ReceiverId} admin manage:users\"",
        ["scope"] = "\"admin manage:users\"",
        ["scp"] = "[\"admin\",\"manage:users\"]",
        ["fva"] = "[0,0]",
        ["sid"] = $"\"{TokenForge.SessionId}\"",
        ["azp"] = $"\"{TokenForge.Origin}\"",
    };

    private static readonly Entrance Open = Gate.Open with { Audiences = [], MaximumLifetimes = new MaximumLifetimes() };

    private readonly Neighbourhood _neighbours = new();

    public static TheoryData<string, string, string> Cells
    {
        get
        {
            var lines = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();
            var cells = new TheoryData<string, string, string>();
            foreach (var line in lines.Skip(1))
            {
                for (var column = 1; column < line.Length; column++)
                {
                    cells.Add(lines[0][column], line[0], line[column]);
                }
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_claim_adds_what_the_table_says_and_nothing_else(string bearer, string claim, string added)
    {
        var before = await HoldsAsync(bearer, _ => { });
        var after = await HoldsAsync(bearer, claims => claims[claim] = JsonNode.Parse(Values[claim]));

        Assert.NotNull(before);
        Assert.Equal(added, after is null ? "none" : string.Join(' ', Differences(before, after)) is { Length: > 0 } changed ? changed : "-");
    }

    [Fact]
    public void Every_claim_is_in_the_table() => Assert.Equal(Values.Keys.Order(), Cells.Select(cell => cell.Data.Item2).Distinct().Order());

    // All at once, for the classes whose minter chooses the claims.
    [Theory]
    [InlineData("m2m")]
    [InlineData("m2m-opaque")]
    [InlineData("oauth")]
    [InlineData("oauth-opaque")]
    [InlineData("api-key")]
    [InlineData("foreign")]
    public async Task All_of_them_together_add_nothing_to_whoever_chose_them(string bearer)
    {
        var before = await HoldsAsync(bearer, _ => { });
        var after = await HoldsAsync(bearer, claims =>
        {
            foreach (var (claim, value) in Values.Where(value => value.Key is not ("sid" or "scope" or "scopes" or "scp")))
            {
                claims[claim] = JsonNode.Parse(value);
            }
        });

        Assert.Equal(before, after);
        Assert.Equal(bearer.StartsWith("m2m", StringComparison.Ordinal) ? "api-client" : null, after!.Role.Role);
        Assert.False(after.Role.NeedsDirectory);
    }

    // What Clerk writes into sessions, and a machine may write into its own token: of its type, of another, and out of range.
    [Theory]
    [InlineData("sts", "\"pending\"", "\"running\"", "7", "null", "{}")]
    [InlineData("v", "2", "\"1.0\"", "1e99", "-1", "[]")]
    [InlineData("o", "{\"id\":\"org_2Operators\"}", "\"eu\"", "{\"id\":7}", "[]", "null")]
    [InlineData("fva", "[0,0]", "[]", "\"never\"", "[1e99,0]", "{}")]
    [InlineData("fea", "\"o:x\"", "[\"x\"]", "7", "null", "{}")]
    [InlineData("pla", "\"o:x\"", "[\"x\"]", "7", "null", "{}")]
    [InlineData("act", "{\"sub\":\"user_2Ada\"}", "\"deploy\"", "[]", "7", "null")]
    [InlineData("org_id", "\"org_2Operators\"", "7", "[]", "{}", "null")]
    [InlineData("org_permissions", "[\"a\"]", "\"a\"", "[7]", "{}", "null")]
    [InlineData("handshake", "[\"__session=x\"]", "\"tls\"", "null", "{}", "7")]
    [InlineData("azp", "\"https://app.example.com\"", "7", "[]", "null", "{}")]
    [InlineData("scope", "\"admin\"", "7", "{}", "null", "[7]")]
    [InlineData("scp", "[\"admin\"]", "7", "{}", "null", "[7]")]
    public async Task A_machines_own_claim_under_a_name_of_Clerks_neither_gives_nor_takes(string claim, params string[] values)
    {
        var before = await HoldsAsync("m2m", _ => { });
        foreach (var value in values)
        {
            Assert.Equal(before, await HoldsAsync("m2m", claims => claims[claim] = JsonNode.Parse(value)));
        }

        foreach (var other in new[] { "session", "template", "oauth" })
        {
            var refused = 0;
            foreach (var value in values)
            {
                refused += await HoldsAsync(other, claims => claims[claim] = JsonNode.Parse(value)) is null ? 1 : 0;
            }

            Assert.True(refused > 0, $"{other} is read as before");
        }
    }

    [Fact]
    public async Task A_machine_that_says_that_it_acts_for_somebody_is_nobody_but_itself()
    {
        var token = _neighbours.Forge.M2M(claims => claims["act"] = new JsonObject { ["sub"] = TokenForge.UserId });
        var result = await _neighbours.Verifier().VerifyAsync(token, Open, CancellationToken.None);
        Assert.Equal((false, null, TokenForge.MachineId), (result.Claims!.IsImpersonated, result.Claims.ActorId, result.Claims.Subject));
    }

    [Theory]
    [InlineData("exp", "\"soon\"")]
    [InlineData("aud", "7")]
    [InlineData("scopes", "7")]
    [InlineData("jti", "7")]
    [InlineData("sid", "7")]
    [InlineData("sid", "\"sess_2A\"")]
    public async Task What_Clerk_writes_into_a_machines_token_is_still_read_strictly(string claim, string value) =>
        Assert.Null(await HoldsAsync("m2m", claims => claims[claim] = JsonNode.Parse(value)));

    private async Task<Holdings?> HoldsAsync(string bearer, Action<JsonObject> change)
    {
        var custom = new JsonObject();
        change(custom);
        var (forge, verifier) = (_neighbours.Forge, _neighbours.Verifier());
        var token = bearer switch
        {
            "session" => forge.Session(change),
            "template" or "trusted-template" => forge.Template(change),
            "m2m" => forge.M2M(change),
            "m2m-opaque" => _neighbours.Opaque("mt_", TokenClass.M2M, TokenForge.MachineId, TokenForge.ReceiverId, custom.ToJsonString()),
            "oauth" => forge.OAuth(change),
            "oauth-opaque" => _neighbours.Opaque("oat_", TokenClass.OAuth, TokenForge.UserId, "profile", custom.ToJsonString()),
            "api-key" => _neighbours.Opaque("ak_", TokenClass.ApiKey, TokenForge.UserId, "read:things", custom.ToJsonString()),
            _ => _neighbours.Foreign.Rs256(change),
        };
        var result = await verifier.VerifyAsync(token, bearer == "foreign" ? ForeignIssuer.Door : Open, CancellationToken.None);
        return result.Succeeded ? Holdings.Of(result.Claims, Rules(bearer)) : null;
    }

    private static RoleRules Rules(string bearer) => new()
    {
        TrustTemplateRole = bearer == "trusted-template",
        MachineRoles = new Dictionary<string, string> { [TokenForge.MachineId] = "api-client" }.ToFrozenDictionary(),
    };

    private static IEnumerable<string> Differences(Holdings before, Holdings after)
    {
        (string Name, object? Before, object? After)[] facts =
        [
            ("role", before.Role, after.Role), ("organization", before.Organization, after.Organization), ("scopes", before.Scopes, after.Scopes),
            ("ages", before.Ages, after.Ages), ("session", before.Session, after.Session), ("subject", before.Subject, after.Subject),
        ];
        return from fact in facts where !Equals(fact.Before, fact.After) select fact.Name;
    }

    /// <summary>All that a decision about rights could rest on.</summary>
    private sealed record Holdings(RoleDecision Role, string Organization, string Scopes, (int?, int?) Ages, string? Session, string Subject)
    {
        public static Holdings Of(TokenClaims claims, RoleRules rules) => new(
            rules.Decide(claims),
            claims.Organization is { } held ? $"{held.Id} {held.Slug} {held.Role} {string.Join(',', held.Permissions)}" : "",
            string.Join(' ', claims.Scopes),
            (claims.FirstFactorAge, claims.SecondFactorAge),
            claims.SessionId,
            claims.Subject);
    }
}
