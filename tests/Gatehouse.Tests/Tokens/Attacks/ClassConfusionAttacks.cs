using System.Text.Json.Nodes;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens.Attacks;

/// <summary>
/// One kind of token for another (RFC 8725, sections 2.8, 3.11 and 3.12; RFC 9068, section 4): all kinds of an instance are signed with one
/// key. The official JavaScript SDK needed several fixes (clerk/javascript#9168, #9469, #9511), and the official C# SDK takes a machine's
/// JWT for a session.
/// </summary>
public sealed class ClassConfusionAttacks
{
    private static readonly Entrance Sessions = new();
    private static readonly Entrance Machines = new() { Classes = TokenClass.M2M, MachineId = TokenForge.ReceiverId };
    private static readonly Entrance Applications = new() { Classes = TokenClass.OAuth };
    private static readonly Entrance Templates = new() { Classes = TokenClass.Template };

    private readonly Gate _gate = new();

    [Fact]
    public async Task A_machine_that_gives_itself_a_session_stays_out_everywhere()
    {
        var token = _gate.Forge.M2M(claims =>
        {
            claims["sid"] = TokenForge.SessionId;
            claims["azp"] = TokenForge.Origin;
            claims["sts"] = "active";
            claims["v"] = 2;
        });
        await RefusedEverywhereAsync(token);
    }

    [Fact]
    public async Task A_machine_token_whose_category_was_left_out_is_still_a_machines()
    {
        var token = _gate.Forge.M2M(header: header => header.Remove("cat"));
        Assert.Equal(TokenFailure.Class, await _gate.RefusalAsync(token, Sessions));
        Assert.Equal(TokenFailure.Class, await _gate.RefusalAsync(token, Templates));
        Assert.Null(await _gate.RefusalAsync(token, Machines));
    }

    // Whoever could choose only the category, or only the subject, gains no class by it.
    [Theory]
    [InlineData(TokenForge.SessionCategory)]
    [InlineData(TokenForge.TemplateCategory)]
    public Task A_machine_under_the_category_of_a_person_is_nobody(string category) =>
        RefusedEverywhereAsync(_gate.Forge.M2M(header: header => header["cat"] = category));

    [Fact]
    public Task A_person_under_the_category_of_a_machine_is_nobody() =>
        RefusedEverywhereAsync(_gate.Forge.Session(header: header => header["cat"] = TokenForge.M2MCategory));

    [Fact]
    public async Task A_template_that_names_a_session_is_no_session()
    {
        await RefusedEverywhereAsync(_gate.Forge.Template(claims => claims["sid"] = TokenForge.SessionId));
        await RefusedEverywhereAsync(_gate.Forge.Session(header: header => header["cat"] = TokenForge.TemplateCategory));
    }

    [Fact]
    public async Task A_session_without_its_session_is_no_session()
    {
        await RefusedEverywhereAsync(_gate.Forge.Session(claims => claims.Remove("sid")));
        var unmarked = _gate.Forge.Session(claims => claims.Remove("sid"), header => header.Remove("cat"));
        Assert.Equal(TokenFailure.Class, await _gate.RefusalAsync(unmarked, Sessions));
    }

    // RFC 9068, section 4: an access token is known by its type; RFC 8725, section 3.11: explicit typing.
    [Theory]
    [InlineData("at+jwt")]
    [InlineData("application/at+jwt")]
    public async Task A_session_that_calls_itself_an_access_token_is_neither(string type)
    {
        await RefusedEverywhereAsync(_gate.Forge.Session(header: header => header["typ"] = type));
        await RefusedEverywhereAsync(_gate.Forge.M2M(header: header => header["typ"] = type));
        await RefusedEverywhereAsync(_gate.Forge.Template(header: header => header["typ"] = type));
    }

    [Fact]
    public async Task An_access_token_without_its_type_is_no_session_and_no_access_token()
    {
        var token = _gate.Forge.OAuth(header: header => header["typ"] = "JWT");
        Assert.Equal(TokenFailure.Class, await _gate.RefusalAsync(token, Sessions));
        Assert.Equal(TokenFailure.Class, await _gate.RefusalAsync(token, Applications));

        // It reads as a template's: nothing but its life of a day tells them apart, and that is too long for one.
        Assert.Equal(TokenFailure.Lifetime, await _gate.RefusalAsync(token, Templates));
    }

    [Theory]
    [InlineData("logout+jwt")]
    [InlineData("secevent+jwt")]
    [InlineData("dpop+jwt")]
    [InlineData("token-introspection+jwt")]
    [InlineData("oauth-authz-req+jwt")]
    [InlineData("entity-statement+jwt")]
    [InlineData("vc+sd-jwt")]
    [InlineData("kb+jwt")]
    [InlineData("JOSE")]
    [InlineData("JWT ")]
    [InlineData("jwt")]
    [InlineData("AT+JWT")]
    [InlineData("application/jwt")]
    [InlineData("application/AT+jwt")]
    public async Task A_token_of_another_type_is_no_token_here(string type)
    {
        Assert.Equal(TokenFailure.Type, await _gate.RefusalAsync(_gate.Forge.Session(header: header => header["typ"] = type)));
        Assert.Equal(TokenFailure.Type, await _gate.RefusalAsync(_gate.Forge.OAuth(header: header => header["typ"] = type)));
    }

    [Theory]
    [InlineData("cl_B7d4PD444AAA")]
    [InlineData("cl_b7d4pd111aaa")]
    [InlineData("cl_B7d4PD111AAA ")]
    [InlineData("cl_B7d4PD111AAAx")]
    [InlineData("cl_B7d4PD111AA")]
    [InlineData("")]
    [InlineData("session")]
    public async Task A_category_of_tomorrow_is_none_of_todays(string category)
    {
        foreach (var token in new[] { _gate.Forge.Session(header: Named), _gate.Forge.M2M(header: Named), _gate.Forge.Template(header: Named), _gate.Forge.OAuth(header: Named) })
        {
            Assert.Equal(TokenFailure.Type, await _gate.RefusalAsync(token));
        }

        void Named(JsonObject header) => header["cat"] = category;
    }

    [Fact]
    public async Task A_handshake_is_no_credential_whatever_it_claims_besides()
    {
        foreach (var handshake in new JsonNode?[] { new JsonArray("__session=x"), new JsonArray(), null, "x" })
        {
            await RefusedEverywhereAsync(_gate.Forge.Session(claims => claims["handshake"] = handshake?.DeepClone()));
            await RefusedEverywhereAsync(_gate.Forge.OAuth(claims => claims["handshake"] = handshake?.DeepClone()));
        }
    }

    // The prefix decides before anything is read; a JWT begins with a brace, and so with the letter e.
    [Theory]
    [InlineData("mt_")]
    [InlineData("oat_")]
    [InlineData("ak_")]
    public async Task A_genuine_token_behind_an_opaque_prefix_is_opaque(string prefix)
    {
        Assert.Equal(TokenFailure.Class, await _gate.RefusalAsync(prefix + _gate.Forge.Session(), Sessions));
        Assert.Equal(TokenFailure.NeedsClerk, await _gate.RefusalAsync(prefix + _gate.Forge.Session()));
        Assert.Equal(TokenFailure.Malformed, await _gate.RefusalAsync(" " + prefix + "x"));
    }

    private async Task RefusedEverywhereAsync(string token)
    {
        foreach (var entrance in new[] { Sessions, Machines, Applications, Templates, Gate.Open })
        {
            Assert.Equal(TokenFailure.Class, await _gate.RefusalAsync(token, entrance));
        }
    }
}
