using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

public sealed class OpaqueTokenTests
{
    private readonly TestClock _clock = new();
    private readonly TokenForge _forge;
    private readonly Issuer _word = new();
    private readonly RevocationList _list;
    private readonly TokenVerifier _verifier;

    public OpaqueTokenTests()
    {
        _forge = new TokenForge(_clock);
        _list = new RevocationList(_clock);
        _verifier = new TokenVerifier([_forge.Issuer with { OpaqueTokens = _word }], _clock, _list);
    }

    [Theory]
    [InlineData("mt_x", TokenClass.M2M)]
    [InlineData("oat_x", TokenClass.OAuth)]
    [InlineData("ak_x", TokenClass.ApiKey)]
    public async Task The_issuer_is_asked_only_where_the_class_is_taken(string token, TokenClass tokenClass)
    {
        _word.Answer = OpaqueLookup.Of(Token(tokenClass));
        foreach (var taken in Enum.GetValues<TokenClass>())
        {
            _word.Asked = 0;
            var result = await _verifier.VerifyAsync(token, new Entrance { Classes = taken, MachineId = TokenForge.ReceiverId }, CancellationToken.None);
            Assert.Equal<TokenFailure?>(taken == tokenClass ? null : TokenFailure.Class, result.Succeeded ? null : result.Failure);
            Assert.Equal(taken == tokenClass ? 1 : 0, _word.Asked);
        }
    }

    [Fact]
    public async Task What_the_issuer_does_not_know_is_refused_and_its_absence_is_not_the_callers_fault()
    {
        _word.Answer = OpaqueLookup.Unknown;
        Assert.Equal(TokenFailure.Unknown, (await ShowAsync("ak_x")).Failure);
        _word.Answer = OpaqueLookup.Unavailable;
        Assert.Equal(TokenFailure.KeysUnavailable, (await ShowAsync("ak_x")).Failure);
    }

    [Theory]
    [InlineData("mt_x", TokenClass.Session)]
    [InlineData("mt_x", TokenClass.Template)]
    [InlineData("mt_x", TokenClass.ApiKey)]
    [InlineData("oat_x", TokenClass.M2M)]
    [InlineData("ak_x", TokenClass.OAuth)]
    [InlineData("ak_x", TokenClass.None)]
    public async Task An_answer_of_another_class_than_the_prefix_says_is_not_believed(string token, TokenClass answered)
    {
        _word.Answer = OpaqueLookup.Of(Token(answered));
        var result = await _verifier.VerifyAsync(token, Gate.Open, CancellationToken.None);
        Assert.Equal((false, TokenFailure.Class), (result.Succeeded, result.Failure));
    }

    [Fact]
    public async Task A_machine_token_that_is_not_for_us_is_refused_whatever_the_issuer_lets_pass()
    {
        _word.Answer = OpaqueLookup.Of(Token(TokenClass.M2M, "mch_somebody_else"));
        Assert.Equal(TokenFailure.Scope, (await ShowAsync("mt_x")).Failure);
    }

    [Fact]
    public async Task An_expired_one_is_refused_and_one_without_an_end_lives_on()
    {
        _word.Answer = OpaqueLookup.Of(Token(TokenClass.ApiKey, expires: _clock.GetUtcNow().AddSeconds(-6)));
        Assert.Equal(TokenFailure.Expired, (await ShowAsync("ak_x")).Failure);
        _word.Answer = OpaqueLookup.Of(Token(TokenClass.ApiKey));
        Assert.True((await ShowAsync("ak_x")).Succeeded);
    }

    [Theory]
    [InlineData(RevocationKind.Key, "id_1", TokenFailure.Revoked)]
    [InlineData(RevocationKind.Token, "id_1", null)]
    [InlineData(RevocationKind.User, TokenForge.UserId, TokenFailure.Revoked)]
    public async Task An_API_key_is_revoked_by_its_id_and_with_its_user(RevocationKind kind, string value, TokenFailure? expected)
    {
        _word.Answer = OpaqueLookup.Of(Token(TokenClass.ApiKey));
        _list.Add(new Revocation(kind, value, _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(1)));
        var result = await ShowAsync("ak_x");
        Assert.Equal(expected, result.Succeeded ? null : result.Failure);
    }

    [Fact]
    public async Task What_its_maker_claims_can_be_read_and_is_no_organization_role_or_age()
    {
        _word.Answer = OpaqueLookup.Of(Token(TokenClass.ApiKey, claims: """{"role":"admin","o":{"id":"org_1"},"fva":[0,0]}"""));
        var claims = (await ShowAsync("ak_x")).Claims!;
        Assert.Equal("admin", claims.FindText("role"));
        Assert.Equal((null, null, null), (claims.Organization, claims.FirstFactorAge, claims.SessionId));
    }

    [Theory]
    [InlineData(true, false, "first", null)]
    [InlineData(false, true, "second", null)]
    [InlineData(false, false, null, TokenFailure.Unknown)]
    [InlineData(null, true, "second", null)]
    [InlineData(null, false, null, TokenFailure.KeysUnavailable)]
    [InlineData(false, null, null, TokenFailure.KeysUnavailable)]
    public async Task Of_several_instances_the_one_that_knows_it_vouches_for_it(bool? first, bool? second, string? issuer, TokenFailure? failure)
    {
        OpaqueLookup Answer(bool? knows) => knows switch
        {
            true => OpaqueLookup.Of(Token(TokenClass.ApiKey)),
            false => OpaqueLookup.Unknown,
            null => OpaqueLookup.Unavailable,
        };
        var verifier = new TokenVerifier(
            [
                _forge.Issuer with { Name = "first", OpaqueTokens = new Issuer { Answer = Answer(first) } },
                _forge.Issuer with { Name = "mute" },
                _forge.Issuer with { Name = "second", OpaqueTokens = new Issuer { Answer = Answer(second) } },
            ],
            _clock);

        var result = await verifier.VerifyAsync("ak_x", new Entrance { Classes = TokenClass.ApiKey }, CancellationToken.None);

        Assert.Equal((issuer, failure), (result.Claims?.Issuer, result.Succeeded ? null : result.Failure));
    }

    [Theory]
    [InlineData("first", TokenFailure.Unknown, 1, 0)]
    [InlineData("second", null, 0, 1)]
    [InlineData("mute", TokenFailure.NeedsClerk, 0, 0)]
    public async Task Only_the_instances_that_the_entrance_takes_are_asked(string taken, TokenFailure? failure, int askedFirst, int askedSecond)
    {
        var (first, second) = (new Issuer(), new Issuer { Answer = OpaqueLookup.Of(Token(TokenClass.ApiKey)) });
        var verifier = new TokenVerifier(
            [
                _forge.Issuer with { Name = "first", OpaqueTokens = first },
                _forge.Issuer with { Name = "mute" },
                _forge.Issuer with { Name = "second", OpaqueTokens = second },
            ],
            _clock);

        var result = await verifier.VerifyAsync("ak_x", new Entrance { Classes = TokenClass.ApiKey, Issuers = [taken] }, CancellationToken.None);

        Assert.Equal((failure, askedFirst, askedSecond), (result.Succeeded ? null : result.Failure, first.Asked, second.Asked));
    }

    private async Task<TokenResult> ShowAsync(string token) => await _verifier.VerifyAsync(
        token,
        new Entrance { Classes = TokenClass.ApiKey | TokenClass.M2M | TokenClass.OAuth, MachineId = TokenForge.ReceiverId },
        CancellationToken.None);

    private OpaqueToken Token(TokenClass tokenClass, string scope = TokenForge.ReceiverId, DateTimeOffset? expires = null, string claims = "{}") => new()
    {
        Class = tokenClass,
        Id = "id_1",
        Subject = tokenClass == TokenClass.M2M ? TokenForge.MachineId : TokenForge.UserId,
        Scopes = [scope],
        CreatedAt = _clock.GetUtcNow(),
        ExpiresAt = expires,
        Claims = System.Text.Encoding.UTF8.GetBytes(claims),
    };

    private sealed class Issuer : IOpaqueTokenSource
    {
        public OpaqueLookup Answer { get; set; } = OpaqueLookup.Unknown;

        public int Asked { get; set; }

        public ValueTask<OpaqueLookup> FindAsync(string token, TokenClass tokenClass, CancellationToken cancellationToken)
        {
            Asked++;
            return ValueTask.FromResult(Answer);
        }
    }
}
