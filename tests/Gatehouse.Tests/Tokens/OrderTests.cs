using System.Text.Json.Nodes;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

/// <summary>Shape, algorithm, key, signature, and only then claims: whoever cannot sign learns nothing about what a token may say.</summary>
public sealed class OrderTests
{
    private static readonly Dictionary<string, Action<JsonObject>> ClaimFaults = new()
    {
        ["none"] = _ => { },
        ["expired"] = claims => claims["exp"] = 1,
        ["not yet valid"] = claims => claims["nbf"] = 99_999_999_999,
        ["for ever"] = claims => claims["exp"] = 99_999_999_999,
        ["another issuer"] = claims => claims["iss"] = "https://another.clerk.accounts.dev",
        ["another party"] = claims => claims["azp"] = "https://evil.example",
        ["no subject"] = claims => claims.Remove("sub"),
        ["a machine's subject"] = claims => claims["sub"] = TokenForge.MachineId,
        ["no session"] = claims => claims.Remove("sid"),
        ["pending"] = claims => claims["sts"] = "pending",
        ["exp of the wrong type"] = claims => claims["exp"] = "soon",
        ["handshake"] = claims => claims["handshake"] = new JsonArray(),
    };

    public static TheoryData<string> Faults => [.. ClaimFaults.Keys];

    private static Entrance Strict => new() { AuthorizedParties = [TokenForge.Origin], Audiences = ["somebody"] };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task With_a_bad_signature_the_answer_is_always_signature(string fault)
    {
        var gate = new Gate();
        var token = gate.Forge.Session(ClaimFaults[fault]);
        var forged = token[..^2] + (token[^2] == 'A' ? 'B' : 'A') + token[^1];

        Assert.Equal(TokenFailure.Signature, await gate.RefusalAsync(forged, Strict));
        Assert.Equal(TokenFailure.Signature, await gate.RefusalAsync(forged, new Entrance { Classes = TokenClass.None }));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task With_an_unknown_key_the_answer_is_always_key_unknown(string fault)
    {
        var gate = new Gate();
        var token = gate.Forge.Session(ClaimFaults[fault], header => header["kid"] = "ins_unknown");
        Assert.Equal(TokenFailure.KeyUnknown, await gate.RefusalAsync(token, Strict));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("[]")]
    public async Task A_payload_is_not_read_before_its_signature(string payload)
    {
        var gate = new Gate();
        var intruder = new TokenForge(gate.Clock, instance: 2);
        Assert.Equal(TokenFailure.Signature, await gate.RefusalAsync(intruder.Sign(gate.Forge.Header().ToJsonString(), payload)));
    }

    [Theory]
    [InlineData("alg", "none", TokenFailure.Algorithm)]
    [InlineData("alg", "HS256", TokenFailure.Algorithm)]
    [InlineData("alg", "RS512", TokenFailure.Algorithm)]
    [InlineData("typ", "at+jws", TokenFailure.Type)]
    [InlineData("cat", "cl_tomorrow", TokenFailure.Type)]
    [InlineData("crit", "exp", TokenFailure.Type)]
    public async Task A_header_that_is_refused_costs_no_key_lookup(string member, string value, TokenFailure expected)
    {
        RecordingKeySource? source = null;
        var gate = new Gate(forge => new TokenIssuer(forge.IssuerName, source = new RecordingKeySource(forge.Keys.Find)));

        Assert.Equal(expected, await gate.RefusalAsync(gate.Forge.Session(header: header => header[member] = value)));
        Assert.Equal(TokenFailure.NeedsClerk, await gate.RefusalAsync("mt_0123"));
        Assert.Equal(TokenFailure.Malformed, await gate.RefusalAsync("a.b.c"));
        Assert.Equal(TokenFailure.TooLarge, await gate.RefusalAsync(new string('A', 20_000)));
        Assert.Empty(source!.Asked);

        Assert.Null(await gate.RefusalAsync(gate.Forge.Session()));
        Assert.Equal([gate.Forge.KeyId], source.Asked);
    }

    [Fact]
    public async Task Claims_are_answered_about_in_the_order_of_the_failures()
    {
        var gate = new Gate();
        var entrance = new Entrance { AuthorizedParties = [TokenForge.Origin], Audiences = ["somebody"] };
        JsonObject faulty = gate.Forge.SessionClaims();
        faulty.Remove("sid");
        faulty["iss"] = "https://another.clerk.accounts.dev";
        faulty["azp"] = "https://evil.example";
        faulty["exp"] = gate.Now - 100;
        faulty["nbf"] = gate.Now + 100;
        faulty["iat"] = gate.Now + 100;
        faulty["sts"] = "pending";

        var answers = new List<TokenFailure?>();
        foreach (var (claim, cured) in new (string, JsonNode?)[]
        {
            ("", null), ("sid", TokenForge.SessionId), ("iss", gate.Forge.IssuerName), ("azp", TokenForge.Origin), ("aud", "somebody"),
            ("exp", gate.Now + 90_000), ("nbf", gate.Now), ("iat", gate.Now), ("exp", gate.Now + 60), ("sts", "active"),
        })
        {
            faulty[claim] = cured;
            faulty.Remove("");
            answers.Add(await gate.RefusalAsync(gate.Forge.Sign(gate.Forge.Header().ToJsonString(), faulty.ToJsonString()), entrance));
        }

        Assert.Equal(
            [
                TokenFailure.Class, TokenFailure.Issuer, TokenFailure.AuthorizedParty, TokenFailure.Audience, TokenFailure.Expired,
                TokenFailure.NotYetValid, TokenFailure.IssuedInFuture, TokenFailure.Lifetime, TokenFailure.Pending, null,
            ],
            answers);
    }
}
