using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

public sealed class OrganizationTests
{
    [Theory]
    [InlineData("o:billing,o:reports,o:wiki", "read,write,approve", "1,6,5",
        "org:billing:read org:reports:write org:reports:approve org:wiki:read org:wiki:approve")]
    [InlineData("u:exports,o:billing,ou:reports", "read,write", "3,1", "org:billing:read org:billing:write org:reports:read")]
    [InlineData("o:billing,uo:reports", "read,write", "0,2", "org:reports:write")]
    [InlineData("o:billing,o:reports", "read,write", "3", "org:billing:read org:billing:write")]
    [InlineData("o:billing", "read,write", "3,3,3", "org:billing:read org:billing:write")]
    [InlineData(" o:billing , o:reports ", " read , write ", " 1 , 2 ", "org:billing:read org:reports:write")]
    [InlineData("o:billing,o:reports", "read", "x,1", "org:reports:read")]
    [InlineData("o:billing,o:reports", "read", ",1", "org:reports:read")]
    [InlineData("o:billing", "read", "255", "org:billing:read")]
    [InlineData("o:a:b", "read", "1", "org:a:b:read")]
    [InlineData("o:billing", "read", "x", "")]
    [InlineData("o:billing", "read", "-1", "")]
    [InlineData("o:billing", "read", "+1", "")]
    [InlineData("o:billing", "read", "0x1", "")]
    [InlineData("o:billing", "read", "1.0", "")]
    [InlineData("o:billing", "read", "1e3", "")]
    [InlineData("o:billing", "read", "１", "")]
    [InlineData("o:billing", "read", "0", "")]
    [InlineData("o:billing", "read", "", "")]
    [InlineData("o:billing", "read", null, "")]
    [InlineData("o:billing", "", "1", "")]
    [InlineData("o:billing", null, "1", "")]
    [InlineData("", "read", "1", "")]
    [InlineData(null, "read", "1", "")]
    [InlineData("u:billing", "read", "1", "")]
    [InlineData("x:billing", "read", "1", "")]
    [InlineData("O:billing", "read", "1", "")]
    [InlineData("billing", "read", "1", "")]
    [InlineData("billing,o:reports", "read", "1,1", "")]
    public async Task Version_2_spells_permissions_by_masks(string? features, string? names, string? masks, string expected)
    {
        var organization = await OrganizationAsync(claims =>
        {
            if (features is not null)
            {
                claims["fea"] = features;
            }

            claims["o"] = Organization(("per", names), ("fpm", masks));
        });

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), organization!.Permissions);
    }

    [Fact]
    public async Task A_mask_may_be_longer_than_any_number_of_the_machine()
    {
        var names = Enumerable.Range(0, 200).Select(n => $"p{n}").ToArray();
        var organization = await OrganizationAsync(claims =>
        {
            claims["fea"] = "o:f";
            claims["o"] = Organization(("per", string.Join(',', names)), ("fpm", ((BigInteger.One << 199) + (BigInteger.One << 63)).ToString(CultureInfo.InvariantCulture)));
        });

        Assert.Equal(["org:f:p63", "org:f:p199"], organization!.Permissions);
    }

    [Theory]
    [InlineData("admin", "org:admin")]
    [InlineData("org:admin", "org:admin")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task Version_2_role_has_exactly_one_prefix(string? role, string? expected)
    {
        var organization = await OrganizationAsync(claims => claims["o"] = Organization(("slg", "acme"), ("rol", role)));
        Assert.Equal(("org_2Acme", "acme", expected), (organization!.Id, organization.Slug, organization.Role));
    }

    [Fact]
    public async Task Version_2_without_o_is_outside_any_organization_whatever_custom_claims_say()
    {
        Assert.Null(await OrganizationAsync(_ => { }));
        Assert.Null(await OrganizationAsync(claims =>
        {
            claims["org_id"] = "org_2Acme";
            claims["org_role"] = "org:admin";
            claims["org_permissions"] = new JsonArray("org:a:b");
        }));
    }

    [Fact]
    public async Task Version_2_claims_are_not_mixed_with_those_of_version_1()
    {
        var organization = await OrganizationAsync(claims =>
        {
            claims["o"] = Organization(("rol", "member"));
            claims["org_role"] = "org:admin";
            claims["org_permissions"] = new JsonArray("org:a:b");
        });

        Assert.Equal("org:member", organization!.Role);
        Assert.Empty(organization.Permissions);
    }

    [Fact]
    public async Task Version_1_lays_the_organization_out_flat()
    {
        var organization = await OrganizationAsync(claims =>
        {
            claims.Remove("v");
            claims["org_id"] = "org_2Acme";
            claims["org_slug"] = "acme";
            claims["org_role"] = "org:admin";
            claims["org_permissions"] = new JsonArray("org:billing:read", "org:wiki:write");
            claims["o"] = Organization(("rol", "owner"));
        });

        Assert.Equal(("org_2Acme", "acme", "org:admin"), (organization!.Id, organization.Slug, organization.Role));
        Assert.Equal(["org:billing:read", "org:wiki:write"], organization.Permissions);
    }

    [Fact]
    public async Task Version_1_with_nulls_is_outside_any_organization()
    {
        Assert.Null(await OrganizationAsync(claims =>
        {
            claims.Remove("v");
            claims["org_id"] = claims["org_slug"] = claims["org_role"] = claims["org_permissions"] = null;
        }));
    }

    [Fact]
    public async Task Only_a_session_has_an_active_organization_and_factor_ages()
    {
        var gate = new Gate();
        void Claim(JsonObject claims)
        {
            claims["v"] = 2;
            claims["fea"] = "o:f";
            claims["fva"] = new JsonArray(1, 2);
            claims["o"] = Organization(("rol", "admin"), ("per", "read"), ("fpm", "1"));
        }

        var session = await gate.ClaimsAsync(gate.Forge.Session(Claim));
        Assert.Equal((1, 2, "org:admin"), (session.FirstFactorAge, session.SecondFactorAge, session.Organization?.Role));

        foreach (var token in new[] { gate.Forge.Template(Claim), gate.Forge.M2M(Claim), gate.Forge.OAuth(Claim) })
        {
            var claims = await gate.ClaimsAsync(token);
            Assert.Equal((null, null, null), (claims.FirstFactorAge, claims.SecondFactorAge, claims.Organization));
        }
    }

    [Theory]
    [InlineData("[3,-1]", 3, null)]
    [InlineData("[-1,-1]", null, null)]
    [InlineData("[0,0]", 0, 0)]
    [InlineData(null, null, null)]
    public async Task Factor_ages_are_minutes_or_never(string? ages, int? first, int? second)
    {
        var gate = new Gate();
        var claims = await gate.ClaimsAsync(gate.Forge.Session(claims =>
        {
            claims.Remove("fva");
            if (ages is not null)
            {
                claims["fva"] = JsonNode.Parse(ages);
            }
        }));

        Assert.Equal((first, second), (claims.FirstFactorAge, claims.SecondFactorAge));
    }

    private static async Task<OrganizationClaims?> OrganizationAsync(Action<JsonObject> change)
    {
        var gate = new Gate();
        return (await gate.ClaimsAsync(gate.Forge.Session(change))).Organization;
    }

    private static JsonObject Organization(params (string Name, string? Value)[] members)
    {
        var organization = new JsonObject { ["id"] = "org_2Acme" };
        foreach (var (name, value) in members.Where(member => member.Value is not null))
        {
            organization[name] = value;
        }

        return organization;
    }
}
