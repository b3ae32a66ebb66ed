using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Gatehouse.Tokens.Internal;

namespace Gatehouse.Tests.Tokens;

public sealed class ExplainTests
{
    private readonly TestClock _clock = new();
    private readonly TokenForge _forge;
    private readonly TokenVerifier _verifier;

    public ExplainTests()
    {
        _forge = new TokenForge(_clock);
        _verifier = new TokenVerifier([_forge.Issuer], _clock);
    }

    public static TheoryData<string> Rows => RefusalTests.Rows;

    public static TheoryData<TokenFailure> Failures => [.. Enum.GetValues<TokenFailure>().Where(failure => failure != TokenFailure.Unverified)];

    // Every refused token of the table: the first step that fails is the refusal, it is told in words, and nothing told is a secret.
    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_first_step_that_fails_is_what_the_token_is_refused_for(string row)
    {
        var (expected, make, entrance) = RefusalTests.Refusals[row];
        var token = make(_forge);
        var result = await _verifier.VerifyAsync(token, entrance, CancellationToken.None);
        var explanation = await ExplainAsync(token, entrance);

        Assert.Equal((false, expected), (result.Succeeded, result.Failure));
        Assert.Equal(result, explanation.Result);
        Assert.Equal(expected, explanation.Steps.First(step => !step.Passed).Failure);
        AssertTold(explanation, token);
    }

    [Fact]
    public async Task An_admitted_token_passes_every_step_in_the_order_of_verification()
    {
        var explanation = await ExplainAsync(_forge.Session(), new Entrance());
        Assert.True(explanation.Result.Succeeded);
        Assert.All(explanation.Steps, step => Assert.True(step.Passed));
        Assert.Equal(["shape", "header", "key", "signature", "claims", "class", "issuer"], explanation.Steps.Take(7).Select(step => step.Name));
        AssertTold(explanation, _forge.Session());
    }

    // A token with several faults is told all that can be known once it is genuine, and nothing of its claims before.
    [Fact]
    public async Task All_faults_of_a_genuine_token_are_told_and_none_of_a_forged_one()
    {
        var token = _forge.Session(claims => (claims["exp"], claims["azp"]) = (1, "https://evil.example"));
        var entrance = new Entrance { AuthorizedParties = [TokenForge.Origin] };
        var genuine = await ExplainAsync(token, entrance);
        var forged = await ExplainAsync(Crafted.WithSignature(token, signature => [.. signature.Reverse()]), entrance);

        Assert.Equal([TokenFailure.AuthorizedParty, TokenFailure.Expired], genuine.Steps.Where(step => !step.Passed).Select(step => step.Failure!.Value));
        Assert.Equal("signature", forged.Steps[^1].Name);
        Assert.All(forged.Steps, step => Assert.DoesNotContain("evil", step.Words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_depends_on_keys_revocations_and_the_issuers_word_is_explained_too()
    {
        var neighbours = new Neighbourhood();
        var list = new RevocationList(neighbours.Clock);
        list.Add(new Revocation(RevocationKind.Session, TokenForge.SessionId, neighbours.Clock.GetUtcNow(), neighbours.Clock.GetUtcNow().AddHours(1)));
        list.Heard();
        neighbours.Clock.AdvanceSeconds(61);
        var weak = Jwks.Key("weak", System.Security.Cryptography.RSA.Create(1024).ExportParameters(includePrivateParameters: false));
        TokenIssuer At(IKeySetSource keys) => neighbours.Forge.Issuer with { Keys = keys };
        (TokenFailure Expected, TokenVerifier Verifier, string Token)[] rows =
        [
            (TokenFailure.Revoked, neighbours.Verifier(list), neighbours.Forge.Session()),
            (TokenFailure.RevocationsStale, neighbours.Verifier(list), neighbours.Forge.M2M()),
            (TokenFailure.Unknown, neighbours.Verifier(), "ak_nobody_knows_this_one"),
            (TokenFailure.KeyUnusable, new TokenVerifier([At(new FixedKeySource(Jwks.Of(weak)))], neighbours.Clock), neighbours.Forge.Session(header: header => header["kid"] = "weak")),
            (TokenFailure.KeysUnavailable, new TokenVerifier([At(new RecordingKeySource(_ => KeyLookup.Unavailable))], neighbours.Clock), neighbours.Forge.Session()),
        ];
        foreach (var (expected, verifier, token) in rows)
        {
            var explanation = await verifier.ExplainAsync(token, Gate.Open, CancellationToken.None);
            Assert.Equal(expected, explanation.Result.Failure);
            Assert.Equal(expected, explanation.Steps.First(step => !step.Passed).Failure);
            AssertTold(explanation, token);
        }
    }

    // Whoever is told that the token was not copied whole, or what this entrance takes, would look in the wrong place.
    [Fact]
    public async Task A_genuine_token_that_cannot_be_believed_is_told_apart_from_one_that_is_no_token()
    {
        var contradictory = (await ExplainAsync(_forge.Session(claims => claims.Remove("sid")), Gate.Open)).Steps[^1];
        var mistyped = (await ExplainAsync(_forge.Session(claims => claims["exp"] = "soon"), Gate.Open)).Steps[^1];
        var broken = (await ExplainAsync("a.b.c", Gate.Open)).Steps[^1];

        Assert.Equal(("claims", TokenFailure.Class), (contradictory.Name, contradictory.Failure));
        Assert.Contains("contradict", contradictory.Words, StringComparison.Ordinal);
        Assert.Equal(("claims", TokenFailure.Malformed), (mistyped.Name, mistyped.Failure));
        Assert.Contains("genuine", mistyped.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("genuine", broken.Words, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void Every_failure_has_words_of_its_own(TokenFailure failure)
    {
        string Words(TokenFailure of) => FailureWords.Of(of, claims: null, new Entrance { AuthorizedParties = [TokenForge.Origin] }, _clock.GetUtcNow());
        Assert.NotEqual(Words(TokenFailure.Unverified), Words(failure));
        Assert.InRange(Words(failure).Length, 20, 250);
        Assert.Single(Enum.GetValues<TokenFailure>(), other => Words(other) == Words(failure));
    }

    [Theory]
    [InlineData("ins_\u001b[2J\u001b]0;owned\u0007")]
    [InlineData("ins_x\r\nkey: passed")]
    [InlineData("ins_\u202Ekey")]
    [InlineData("ins_\u0085\u2028")]
    public async Task What_a_stranger_wrote_into_a_token_cannot_write_on_the_readers_terminal(string hostile)
    {
        foreach (var token in new[] { _forge.Session(header: header => header["kid"] = hostile), _forge.Session(claims => claims["azp"] = hostile) })
        {
            var explanation = await ExplainAsync(token, new Entrance { AuthorizedParties = [TokenForge.Origin] });
            Assert.All(explanation.Steps, step => Assert.DoesNotContain(step.Words, IsHarmful));
        }
    }

    [Fact]
    public async Task A_long_text_of_a_stranger_does_not_bury_the_explanation()
    {
        var explanation = await ExplainAsync(_forge.Session(header: header => header["kid"] = new string('k', 10_000)), new Entrance());
        Assert.All(explanation.Steps, step => Assert.InRange(step.Words.Length, 1, 1000));
    }

    [Fact]
    public async Task A_demand_that_is_only_reported_says_so()
    {
        var entrance = new Entrance { AuthorizedParties = ["https://elsewhere.example.com"], ReportOnly = [TokenFailure.AuthorizedParty] };
        var explanation = await ExplainAsync(_forge.Session(), entrance);

        Assert.Equal((true, TokenFailure.AuthorizedParty), (explanation.Result.Succeeded, explanation.Result.Reported));
        var step = Assert.Single(explanation.Steps, step => !step.Passed);
        Assert.StartsWith("only reported here: ", step.Words, StringComparison.Ordinal);
    }

    private static void AssertTold(TokenExplanation explanation, string token)
    {
        var secret = token.Contains('.', StringComparison.Ordinal) ? Crafted.LastPart(token) : token;
        Assert.NotEmpty(explanation.Steps);
        Assert.All(explanation.Steps, step =>
        {
            Assert.False(string.IsNullOrWhiteSpace(step.Name) || string.IsNullOrWhiteSpace(step.Words));
            Assert.False(secret.Length >= 12 && step.Words.Contains(secret, StringComparison.Ordinal), step.Words);
        });
    }

    private static bool IsHarmful(char letter) => char.GetUnicodeCategory(letter) is
        System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
        or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator
        or System.Globalization.UnicodeCategory.Surrogate;

    private Task<TokenExplanation> ExplainAsync(string token, Entrance entrance) => _verifier.ExplainAsync(token, entrance, CancellationToken.None);
}
