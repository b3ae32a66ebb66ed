using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Gatehouse.Access;
using Gatehouse.Testbed;
using Gatehouse.Tests.Tokens;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Access;

/// <summary>Decision 2: callers hold only what the receiver gives them.</summary>
public sealed class RoleRulesTests
{
    private static readonly RoleDecision None = RoleDecision.Of(null);
    private static readonly RoleDecision Ask = RoleDecision.AskDirectory;

    private static readonly FrozenDictionary<string, string> Configured =
        new Dictionary<string, string> { [TokenForge.MachineId] = "api-client" }.ToFrozenDictionary();

    // Every class × the claim as JSON (null: absent) × whether templates are trusted × whether the machine is configured.
    public static TheoryData<TokenClass, string?, bool, bool> Rows
    {
        get
        {
            var rows = new TheoryData<TokenClass, string?, bool, bool>();
            foreach (var tokenClass in new[] { TokenClass.Session, TokenClass.Template, TokenClass.M2M, TokenClass.OAuth })
            {
                foreach (var claim in new[] { null, "\"admin\"", "\"\"", "null", "7", "[\"admin\"]", "{\"role\":\"admin\"}", "true" })
                {
                    rows.Add(tokenClass, claim, false, false);
                    rows.Add(tokenClass, claim, false, true);
                    rows.Add(tokenClass, claim, true, false);
                    rows.Add(tokenClass, claim, true, true);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Role_is_what_the_receiver_gives(TokenClass tokenClass, string? claim, bool trustTemplate, bool configured)
    {
        var rules = new RoleRules { TrustTemplateRole = trustTemplate, MachineRoles = configured ? Configured : FrozenDictionary<string, string>.Empty };
        var named = claim == "\"admin\"" ? RoleDecision.Of("admin") : Ask;
        var expected = tokenClass switch
        {
            TokenClass.Session => named,
            TokenClass.Template => trustTemplate ? named : Ask,
            TokenClass.M2M => configured ? RoleDecision.Of("api-client") : None,
            _ => None,
        };

        Assert.Equal(expected, rules.Decide(await ClaimsAsync(tokenClass, claim)));
    }

    [Fact]
    public async Task A_machine_that_mints_itself_a_role_gains_nothing()
    {
        var catalog = new RoleCatalog([KeyValuePair.Create("admin", Enumerable.Repeat("manage:users", 1))]);
        var claims = await ClaimsAsync(TokenClass.M2M, "\"admin\"");

        Assert.Equal("admin", claims.FindText("role"));
        foreach (var rules in new[] { new RoleRules(), new RoleRules { TrustTemplateRole = true }, new RoleRules { MachineRoles = Configured } })
        {
            var decision = rules.Decide(claims);
            Assert.False(decision.NeedsDirectory);
            Assert.False(catalog.HasPermission(decision.Role, "manage:users"));
        }
    }

    // Claims are shared by all requests with the same token, and asked by the rules of different entrances.
    [Fact]
    public async Task Rules_of_one_entrance_learn_nothing_from_those_of_another()
    {
        var session = await ClaimsAsync(TokenClass.Session, "\"admin\"");
        var template = await ClaimsAsync(TokenClass.Template, "\"admin\"");
        var machine = await ClaimsAsync(TokenClass.M2M, "\"admin\"");
        (RoleRules Rules, TokenClaims Claims, RoleDecision Expected)[] rows =
        [
            (new RoleRules(), session, RoleDecision.Of("admin")), (new RoleRules { RoleClaim = "other" }, session, Ask),
            (new RoleRules(), template, Ask), (new RoleRules { TrustTemplateRole = true }, template, RoleDecision.Of("admin")),
            (new RoleRules(), machine, None), (new RoleRules { MachineRoles = Configured }, machine, RoleDecision.Of("api-client")),
        ];
        Parallel.For(0, 10_000, n =>
        {
            var (rules, claims, expected) = rows[n * 7 % rows.Length];
            if (rules.Decide(claims) != expected)
            {
                throw new InvalidOperationException($"row {n * 7 % rows.Length}: {rules.Decide(claims)} instead of {expected}");
            }
        });
    }

    [Fact]
    public async Task The_role_claim_may_have_another_name_and_role_then_says_nothing()
    {
        var gate = new Gate();
        var rules = new RoleRules { RoleClaim = "app_role" };
        Assert.Equal(Ask, rules.Decide(await ClaimsAsync(TokenClass.Session, "\"admin\"")));
        Assert.Equal(RoleDecision.Of("editor"), rules.Decide(await gate.ClaimsAsync(gate.Forge.Session(claims => claims["app_role"] = "editor"))));
    }

    [Fact]
    public async Task Role_in_the_active_organization_is_no_application_role()
    {
        var gate = new Gate();
        var claims = await gate.ClaimsAsync(gate.Forge.Session(claims => claims["o"] = new JsonObject { ["id"] = "org_2Own", ["rol"] = "admin" }));
        Assert.Equal(Ask, new RoleRules().Decide(claims));
    }

    private static async Task<TokenClaims> ClaimsAsync(TokenClass tokenClass, string? role)
    {
        var gate = new Gate();
        void Claim(JsonObject claims)
        {
            if (role is not null)
            {
                claims["role"] = JsonNode.Parse(role);
            }
        }

        return await gate.ClaimsAsync(tokenClass switch
        {
            TokenClass.Session => gate.Forge.Session(Claim),
            TokenClass.Template => gate.Forge.Template(Claim),
            TokenClass.M2M => gate.Forge.M2M(Claim),
            _ => gate.Forge.OAuth(Claim),
        });
    }
}
