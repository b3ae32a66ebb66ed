using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

public sealed class RevocationTests
{
    private readonly TestClock _clock = new();
    private readonly TokenForge _forge;
    private readonly RevocationList _list;
    private readonly TokenVerifier _verifier;

    public RevocationTests()
    {
        _forge = new TokenForge(_clock);
        _list = new RevocationList(_clock);
        _verifier = new TokenVerifier([_forge.Issuer], _clock, _list);
    }

    [Theory]
    [InlineData(RevocationKind.Session, TokenForge.SessionId, true)]
    [InlineData(RevocationKind.User, TokenForge.UserId, true)]
    [InlineData(RevocationKind.Token, "0123456789abcdef0123", true)]
    [InlineData(RevocationKind.Session, "sess_other", false)]
    [InlineData(RevocationKind.User, TokenForge.SessionId, false)]
    [InlineData(RevocationKind.Machine, TokenForge.UserId, true)]
    [InlineData(RevocationKind.Key, "0123456789abcdef0123", false)]
    [Proves("G27")]
    public async Task A_revocation_concerns_what_it_names_at_the_very_next_use(RevocationKind kind, string value, bool refused)
    {
        var token = _forge.Session();
        Assert.True((await VerifyAsync(token)).Succeeded);

        _list.Add(new Revocation(kind, value, _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(1)));

        var result = await VerifyAsync(token);
        Assert.Equal<TokenFailure?>(refused ? TokenFailure.Revoked : null, result.Succeeded ? null : result.Failure);
    }

    [Fact]
    public async Task A_machine_is_refused_by_its_id_and_its_token_by_its_own()
    {
        var token = _forge.M2M();
        var entrance = new Entrance { Classes = TokenClass.M2M, MachineId = TokenForge.ReceiverId };
        _list.Add(new Revocation(RevocationKind.Machine, TokenForge.MachineId, _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(1)));
        Assert.Equal(TokenFailure.Revoked, (await _verifier.VerifyAsync(token, entrance, CancellationToken.None)).Failure);
        Assert.True(_list.Withdraw(RevocationKind.Machine, TokenForge.MachineId));
        Assert.True((await _verifier.VerifyAsync(token, entrance, CancellationToken.None)).Succeeded);
    }

    [Fact]
    public async Task Of_a_user_only_the_tokens_issued_up_to_then_are_refused()
    {
        var before = _forge.Session();
        _list.Add(new Revocation(RevocationKind.User, TokenForge.UserId, _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(1)));
        _clock.AdvanceSeconds(1);
        Assert.Equal(TokenFailure.Revoked, (await VerifyAsync(before)).Failure);
        Assert.True((await VerifyAsync(_forge.Session())).Succeeded);
    }

    [Fact]
    public async Task A_revocation_is_forgotten_when_it_has_run_out()
    {
        _list.Add(new Revocation(RevocationKind.Session, TokenForge.SessionId, _clock.GetUtcNow(), _clock.GetUtcNow().AddMinutes(10)));
        _clock.Advance(TimeSpan.FromMinutes(11));
        Assert.True((await VerifyAsync(_forge.Session())).Succeeded);
        Assert.Empty(_list.All);
    }

    [Fact]
    public void Of_two_that_name_the_same_the_longer_holds()
    {
        var now = _clock.GetUtcNow();
        _list.Add(new Revocation(RevocationKind.User, TokenForge.UserId, now, now.AddHours(2)));
        _list.Add(new Revocation(RevocationKind.User, TokenForge.UserId, now.AddMinutes(-5), now.AddHours(1)));
        var kept = Assert.Single(_list.All);
        Assert.Equal((now, now.AddHours(2)), (kept.At, kept.Until));
    }

    [Fact]
    public void The_list_does_not_grow_by_what_has_run_out()
    {
        for (var n = 0; n < 10_000; n++)
        {
            _list.Add(new Revocation(RevocationKind.Session, Some.SessionId(), _clock.GetUtcNow(), _clock.GetUtcNow().AddSeconds(1)));
            _clock.AdvanceSeconds(1);
        }

        Assert.Empty(_list.All);
    }

    [Fact]
    public async Task While_the_feed_is_silent_what_lives_longer_than_a_minute_is_refused()
    {
        _list.Heard();
        _clock.AdvanceSeconds(60);
        Assert.True((await VerifyAsync(LongLived())).Succeeded);

        _clock.AdvanceSeconds(1);
        Assert.Equal(TokenFailure.RevocationsStale, (await VerifyAsync(LongLived())).Failure);
        Assert.True((await VerifyAsync(_forge.Session())).Succeeded);
        Assert.True((await _verifier.VerifyAsync(LongLived(), new Entrance { AdmitStaleRevocations = true }, CancellationToken.None)).Succeeded);

        _list.Heard();
        Assert.True((await VerifyAsync(LongLived())).Succeeded);
    }

    [Fact]
    public async Task Without_a_feed_nothing_grows_stale()
    {
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.True((await VerifyAsync(LongLived())).Succeeded);
    }

    [Fact]
    public void Whoever_watches_hears_of_each_until_the_end()
    {
        var heard = new List<string>();
        using (_list.Watch(revocation => heard.Add(revocation.Value)))
        {
            _list.Add(new Revocation(RevocationKind.Session, "sess_1", _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(1)));
        }

        _list.Add(new Revocation(RevocationKind.Session, "sess_2", _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(1)));
        Assert.Equal(["sess_1"], heard);
    }

    private string LongLived() => _forge.Session(claims => claims["exp"] = _clock.GetUtcNow().AddMinutes(10).ToUnixTimeSeconds());

    private async Task<TokenResult> VerifyAsync(string token) => await _verifier.VerifyAsync(token, new Entrance(), CancellationToken.None);
}
