using System.Numerics;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Tests;

public sealed class OrganizationClaimsTests
{
    [Fact]
    public void Permissions_are_bit_masks_over_one_list_of_names()
    {
        var claims = Encode(
            "org:billing:read", "org:reports:write", "org:reports:approve", "org:wiki:read", "org:wiki:approve", "org:sys_memberships:read");

        Assert.Equal("o:billing,o:reports,o:wiki", (string?)claims["fea"]);
        Assert.Equal("""{"id":"org_1","rol":"editor","slg":"acme","per":"read,write,approve","fpm":"1,6,5"}""", claims["o"]!.ToJsonString());
    }

    [Fact]
    public void System_permissions_alone_make_no_features()
    {
        var claims = Encode("org:sys_profile:manage");

        Assert.False(claims.ContainsKey("fea"));
        Assert.Equal("""{"id":"org_1","rol":"editor","slg":"acme"}""", claims["o"]!.ToJsonString());
    }

    [Fact]
    public void More_names_than_a_machine_word_has_bits_are_told()
    {
        var claims = Encode([.. Enumerable.Range(0, 100).Select(index => $"org:all:p{index}")]);

        Assert.Equal(((BigInteger.One << 100) - 1).ToString(null, null), (string?)claims["o"]!["fpm"]);
    }

    private static ClaimSet Encode(params string[] permissions)
    {
        var claims = new ClaimSet();
        var organization = new Organization { Id = "org_1", Name = "Acme", Slug = "acme", CreatedAt = 0, UpdatedAt = 0 };
        OrganizationClaims.AddTo(claims, organization, new OrganizationRole("org:editor", "Editor", permissions));
        return claims;
    }
}
