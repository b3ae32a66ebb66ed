using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens.Attacks;

/// <summary>
/// A token of one instance at the door of another (RFC 8725, sections 2.8, 3.8 and 3.10). The official SDKs shared keys between instances:
/// in C# by a cache keyed by nothing but the key's id (clerk-sdk-csharp#90), in JavaScript likewise (clerk/javascript#9394). PyJWT compared
/// the issuer by a part of it (CVE-2024-53861).
/// </summary>
public sealed class CrossInstanceAttacks
{
    private readonly TestClock _clock = new();
    private readonly TokenForge _first;
    private readonly TokenForge _second;

    public CrossInstanceAttacks() => (_first, _second) = (new TokenForge(_clock), new TokenForge(_clock, instance: 2));

    [Fact]
    public async Task Two_instances_are_served_side_by_side()
    {
        var verifier = new TokenVerifier([_first.Issuer, _second.Issuer], _clock);
        Assert.Equal(_first.IssuerName, (await VerifyAsync(verifier, _first.Session())).Claims?.Issuer);
        Assert.Equal(_second.IssuerName, (await VerifyAsync(verifier, _second.Session())).Claims?.Issuer);
    }

    [Fact]
    public async Task An_entrance_takes_the_instances_that_it_names_and_no_other_that_the_verifier_knows_seen_or_not()
    {
        var verifier = new TokenVerifier([_first.Issuer, _second.Issuer], _clock);
        var (ofFirst, ofSecond) = (Gate.Open with { Issuers = [_first.IssuerName] }, Gate.Open with { Issuers = [_second.IssuerName] });
        foreach (var (token, right, wrong) in new[] { (_first.Session(), ofFirst, ofSecond), (_second.Session(), ofSecond, ofFirst) })
        {
            foreach (var entrance in new[] { wrong, right, wrong, Gate.Open, wrong })
            {
                var result = await verifier.VerifyAsync(token, entrance, CancellationToken.None);
                Assert.Equal<TokenFailure?>(entrance == wrong ? TokenFailure.Issuer : null, result.Succeeded ? null : result.Failure);
            }
        }

        var explained = await verifier.ExplainAsync(_first.Session(), ofSecond, CancellationToken.None);
        Assert.Equal(
            $"{_first.IssuerName} has issued it, and this entrance takes the tokens of {_second.IssuerName}",
            Assert.Single(explained.Steps, step => step.Failure == TokenFailure.Issuer).Words);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Token_of_one_instance_signed_by_the_other_is_refused(bool firstSigns)
    {
        var verifier = new TokenVerifier([_first.Issuer, _second.Issuer], _clock);
        var (signer, named) = firstSigns ? (_first, _second) : (_second, _first);

        Assert.Equal(TokenFailure.KeyUnknown, await RefusalAsync(verifier, signer.Session(claims => claims["iss"] = named.IssuerName)));
        Assert.Equal(
            TokenFailure.Signature,
            await RefusalAsync(verifier, signer.Session(claims => claims["iss"] = named.IssuerName, header => header["kid"] = named.KeyId)));
        Assert.Equal(TokenFailure.KeyUnknown, await RefusalAsync(verifier, signer.Session(header: header => header["kid"] = named.KeyId)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Instances_whose_keys_have_the_same_id_do_not_lend_them_to_each_other(bool firstSigns)
    {
        var verifier = new TokenVerifier([WithKid(_first, "ins_same"), WithKid(_second, "ins_same")], _clock);
        var (signer, named) = firstSigns ? (_first, _second) : (_second, _first);

        Assert.Null(await RefusalAsync(verifier, signer.Session(header: header => header["kid"] = "ins_same")));
        Assert.Equal(
            TokenFailure.Signature,
            await RefusalAsync(verifier, signer.Session(claims => claims["iss"] = named.IssuerName, header => header["kid"] = "ins_same")));
    }

    [Theory]
    [InlineData("https://another.clerk.accounts.dev")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Of_several_instances_none_is_asked_for_a_token_that_names_none_of_them(string? issuer)
    {
        var source = new RecordingKeySource(_first.Keys.Find);
        var verifier = new TokenVerifier([new TokenIssuer(_first.IssuerName, source), _second.Issuer], _clock);
        var token = _first.Session(claims =>
        {
            claims.Remove("iss");
            if (issuer is not null)
            {
                claims["iss"] = issuer;
            }
        });

        Assert.Equal(TokenFailure.KeyUnknown, await RefusalAsync(verifier, token));
        Assert.Empty(source.Asked);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{\"iss\":7}")]
    [InlineData("{\"iss\":\"\\ud800\"}")]
    [InlineData("{\"iss\":")]
    public async Task Of_several_instances_none_is_chosen_by_a_payload_that_cannot_be_read(string payload)
    {
        var verifier = new TokenVerifier([_first.Issuer, _second.Issuer], _clock);
        Assert.Equal(TokenFailure.KeyUnknown, await RefusalAsync(verifier, _first.Sign(_first.Header().ToJsonString(), payload)));
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("is\\u0073")]
    public async Task An_issuer_named_twice_is_no_issuer(string second)
    {
        var verifier = new TokenVerifier([_first.Issuer, _second.Issuer], _clock);
        var claims = _first.SessionClaims().ToJsonString();
        var token = _first.Sign(_first.Header().ToJsonString(), $$"""{{claims[..^1]}},"{{second}}":"{{_second.IssuerName}}"}""");
        Assert.Equal(TokenFailure.Malformed, await RefusalAsync(verifier, token));
    }

    [Fact]
    public void A_verifier_needs_issuers_with_names_of_their_own()
    {
        Assert.Throws<ArgumentException>(() => new TokenVerifier([], _clock));
        Assert.Throws<ArgumentException>(() => new TokenVerifier([_first.Issuer, _first.Issuer], _clock));
        Assert.Throws<ArgumentException>(() => new TokenVerifier([_first.Issuer with { Name = "" }], _clock));
        Assert.Throws<ArgumentException>(() => new TokenVerifier([_first.Issuer with { Name = " " }], _clock));
    }

    private static TokenIssuer WithKid(TokenForge forge, string keyId)
    {
        Assert.True(SigningKey.TryCreateFromPem(keyId, forge.PublicPem, out var key));
        return new TokenIssuer(forge.IssuerName, new FixedKeySource(new KeySet(key)));
    }

    private static async Task<TokenResult> VerifyAsync(TokenVerifier verifier, string token) =>
        await verifier.VerifyAsync(token, Gate.Open, CancellationToken.None);

    private static async Task<TokenFailure?> RefusalAsync(TokenVerifier verifier, string token)
    {
        var result = await VerifyAsync(verifier, token);
        return result.Succeeded ? null : result.Failure;
    }
}
