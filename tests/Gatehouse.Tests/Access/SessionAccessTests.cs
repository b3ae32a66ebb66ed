using System.Text.Json.Nodes;
using Gatehouse.Access;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Access;

public sealed class SessionAccessTests
{
    private readonly TestClock _clock = new();

    [Theory]
    [InlineData("admin", null, true)]
    [InlineData("org:admin", null, true)]
    [InlineData("org:org:admin", null, false)]
    [InlineData("member", null, false)]
    [InlineData(null, "billing:read", true)]
    [InlineData(null, "org:billing:read", true)]
    [InlineData(null, "billing:write", false)]
    [InlineData("admin", "billing:read", true)]
    [InlineData("admin", "billing:write", false)]
    [InlineData("member", "billing:read", false)]
    [InlineData(null, null, false)]
    public async Task Role_and_permission_are_those_of_the_active_organization(string? role, string? permission, bool expected)
    {
        var claims = await ClaimsAsync(("o", """{"id":"org_1","rol":"admin","per":"read","fpm":"1"}"""), ("fea", "\"o:billing\""));
        Assert.Equal(expected, claims.Has(new AccessQuestion { Role = role, Permission = permission }));
    }

    [Fact]
    public async Task Outside_an_organization_there_is_no_role()
    {
        var claims = await ClaimsAsync(("role", "\"org:admin\""));
        Assert.False(claims.Has(new AccessQuestion { Role = "admin" }));
        Assert.False(claims.Has(new AccessQuestion { Permission = "billing:read" }));
    }

    [Theory]
    [InlineData("reports", true)]
    [InlineData("org:reports", true)]
    [InlineData("o:reports", true)]
    [InlineData("organization:reports", true)]
    [InlineData("user:reports", false)]
    [InlineData("u:exports", true)]
    [InlineData("org:exports", false)]
    [InlineData("user:wiki", true)]
    [InlineData("org:wiki", true)]
    [InlineData("team:reports", false)]
    [InlineData("report", false)]
    [InlineData("", false)]
    public async Task A_feature_has_its_scope(string feature, bool expected)
    {
        var claims = await ClaimsAsync(("fea", "\"o:reports, u:exports,ou:wiki\""));
        Assert.Equal(expected, claims.Has(new AccessQuestion { Feature = feature }));
    }

    [Theory]
    [InlineData("gold", true)]
    [InlineData("org:gold", true)]
    [InlineData("user:gold", false)]
    [InlineData("silver", false)]
    public async Task A_plan_has_its_scope(string plan, bool expected)
    {
        var claims = await ClaimsAsync(("pla", "\"o:gold\""));
        Assert.Equal(expected, claims.Has(new AccessQuestion { Plan = plan }));
    }

    [Theory]
    [InlineData(FactorLevel.FirstFactor, 9, -1, true)]
    [InlineData(FactorLevel.FirstFactor, 10, -1, false)]
    [InlineData(FactorLevel.FirstFactor, -1, 0, false)]
    [InlineData(FactorLevel.SecondFactor, 99, 9, true)]
    [InlineData(FactorLevel.SecondFactor, 0, 10, false)]
    [InlineData(FactorLevel.SecondFactor, 9, -1, true)]
    [InlineData(FactorLevel.SecondFactor, 10, -1, false)]
    [InlineData(FactorLevel.MultiFactor, 9, 9, true)]
    [InlineData(FactorLevel.MultiFactor, 9, 10, false)]
    [InlineData(FactorLevel.MultiFactor, 10, 9, false)]
    [InlineData(FactorLevel.MultiFactor, 9, -1, true)]
    [InlineData(FactorLevel.MultiFactor, -1, 9, false)]
    [InlineData(FactorLevel.FirstFactor, -1, -1, false)]
    [InlineData(FactorLevel.SecondFactor, -1, -1, false)]
    [InlineData(FactorLevel.MultiFactor, -1, -1, false)]
    public async Task A_proof_must_be_younger_than_asked(FactorLevel level, int first, int second, bool expected)
    {
        var claims = await ClaimsAsync(("fva", $"[{first},{second}]"));
        Assert.Equal(expected, claims.Has(new AccessQuestion { Reverification = new Reverification(level, TimeSpan.FromMinutes(10)) }));
    }

    [Fact]
    public async Task Ages_that_are_not_said_prove_nothing()
    {
        var forge = new TokenForge(_clock);
        var token = forge.Session(claims => claims.Remove("fva"));
        var result = await new TokenVerifier([forge.Issuer], _clock).VerifyAsync(token, new Entrance(), CancellationToken.None);
        Assert.False(result.Claims!.Has(new AccessQuestion { Reverification = Reverification.Lax }));
    }

    // One dimension that cannot be decided must not let the others carry the answer (CVE-2026-42349).
    [Theory]
    [InlineData("admin", "reports", true)]
    [InlineData("admin", "unknown", false)]
    [InlineData("unknown", "reports", false)]
    [InlineData("admin", "team:reports", false)]
    public async Task All_that_is_asked_must_hold(string role, string feature, bool expected)
    {
        var claims = await ClaimsAsync(("o", """{"id":"org_1","rol":"admin"}"""), ("fea", "\"o:reports\""));
        Assert.Equal(expected, claims.Has(new AccessQuestion { Role = role, Feature = feature }));
    }

    [Fact]
    public async Task A_machine_has_nothing_whatever_it_claims()
    {
        var forge = new TokenForge(_clock);
        var token = forge.M2M(claims => (claims["fea"], claims["pla"], claims["fva"]) = ("o:reports", "o:gold", new JsonArray(0, 0)));
        var entrance = new Entrance { Classes = TokenClass.M2M, MachineId = TokenForge.ReceiverId };
        var result = await new TokenVerifier([forge.Issuer], _clock).VerifyAsync(token, entrance, CancellationToken.None);
        Assert.False(result.Claims!.Has(new AccessQuestion { Feature = "reports" }));
        Assert.False(result.Claims!.Has(new AccessQuestion { Reverification = Reverification.Lax }));
    }

    [Theory]
    [InlineData("""{"sub":"user_2Staff","iss":"https://dashboard.clerk.com"}""", true, "user_2Staff")]
    [InlineData("{}", true, null)]
    [InlineData("""{"sub":5}""", true, null)]
    [InlineData("null", false, null)]
    public async Task Whoever_acts_as_the_user_is_named(string act, bool impersonated, string? actor)
    {
        var claims = await ClaimsAsync(("act", act));
        Assert.Equal((impersonated, actor), (claims.IsImpersonated, claims.ActorId));
    }

    private async Task<TokenClaims> ClaimsAsync(params (string Name, string Json)[] changes)
    {
        var forge = new TokenForge(_clock);
        var token = forge.Session(claims =>
        {
            foreach (var (name, json) in changes)
            {
                claims[name] = JsonNode.Parse(json);
            }
        });
        var result = await new TokenVerifier([forge.Issuer], _clock).VerifyAsync(token, new Entrance(), CancellationToken.None);
        return result.Claims!;
    }
}
