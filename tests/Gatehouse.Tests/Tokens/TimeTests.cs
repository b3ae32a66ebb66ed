using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

public sealed class TimeTests
{
    [Theory]
    [InlineData("exp", -5000, TokenFailure.Expired)]
    [InlineData("exp", -4999, null)]
    [InlineData("exp", -6000, TokenFailure.Expired)]
    [InlineData("exp", 0, null)]
    [InlineData("nbf", 5000, null)]
    [InlineData("nbf", 5001, TokenFailure.NotYetValid)]
    [InlineData("iat", 5000, null)]
    [InlineData("iat", 5001, TokenFailure.IssuedInFuture)]
    public async Task Skew_of_five_seconds_counts_to_the_millisecond(string claim, long millisecondsFromNow, TokenFailure? expected)
    {
        var gate = new Gate();
        var whole = gate.Now + 10;
        var token = gate.Forge.Session(claims =>
        {
            claims["exp"] = whole + 100;
            claims["iat"] = whole - 100;
            claims[claim] = whole;
        });

        gate.Clock.MoveTo(DateTimeOffset.FromUnixTimeSeconds(whole).AddMilliseconds(-millisecondsFromNow));
        Assert.Equal(expected, await gate.RefusalAsync(token));
    }

    [Theory]
    [InlineData(0, -1, null)]
    [InlineData(0, 0, TokenFailure.Expired)]
    [InlineData(60, 59, null)]
    [InlineData(60, 60, TokenFailure.Expired)]
    public async Task Entrance_chooses_its_skew(int skewSeconds, int secondsPastExpiry, TokenFailure? expected)
    {
        var gate = new Gate();
        var token = gate.Forge.Session();
        gate.Clock.AdvanceSeconds(60 + secondsPastExpiry);
        Assert.Equal(expected, await gate.RefusalAsync(token, Gate.Open with { Skew = TimeSpan.FromSeconds(skewSeconds) }));
    }

    [Fact]
    public async Task Absent_nbf_is_no_fault()
    {
        var gate = new Gate();
        Assert.Null(await gate.RefusalAsync(gate.Forge.Session(claims => claims.Remove("nbf"))));
    }

    [Theory]
    [InlineData(TokenClass.Session, 3600)]
    [InlineData(TokenClass.Template, 900)]
    [InlineData(TokenClass.M2M, 3600)]
    [InlineData(TokenClass.OAuth, 86_400)]
    public async Task Each_class_lives_as_long_as_it_may_and_not_a_second_longer(TokenClass tokenClass, int seconds)
    {
        var gate = new Gate();
        Assert.Null(await gate.RefusalAsync(Living(gate, tokenClass, seconds)));
        Assert.Equal(TokenFailure.Lifetime, await gate.RefusalAsync(Living(gate, tokenClass, seconds + 1)));
    }

    [Theory]
    [InlineData(TokenClass.Session)]
    [InlineData(TokenClass.Template)]
    [InlineData(TokenClass.M2M)]
    [InlineData(TokenClass.OAuth)]
    public async Task Entrance_chooses_how_long_each_class_may_live(TokenClass tokenClass)
    {
        var gate = new Gate();
        var ten = TimeSpan.FromSeconds(10);
        var all = new MaximumLifetimes { Session = ten, Template = ten, M2M = ten, OAuth = ten };
        var entrance = Gate.Open with { MaximumLifetimes = all };

        Assert.Null(await gate.RefusalAsync(Living(gate, tokenClass, 10), entrance));
        Assert.Equal(TokenFailure.Lifetime, await gate.RefusalAsync(Living(gate, tokenClass, 11), entrance));
    }

    [Theory]
    [InlineData(TokenClass.Session)]
    [InlineData(TokenClass.Template)]
    [InlineData(TokenClass.M2M)]
    [InlineData(TokenClass.OAuth)]
    public async Task Without_iat_every_class_lives_too_long(TokenClass tokenClass)
    {
        var gate = new Gate();
        Assert.Equal(TokenFailure.Lifetime, await gate.RefusalAsync(Living(gate, tokenClass, seconds: null)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(253402300799)]
    public async Task Times_at_the_ends_of_the_calendar_are_answered_and_throw_nothing(long seconds)
    {
        var gate = new Gate();
        foreach (var claim in new[] { "exp", "iat", "nbf" })
        {
            Assert.True(Enum.IsDefined(await gate.RefusalAsync(gate.Forge.Session(claims => claims[claim] = seconds)) ?? TokenFailure.Unverified));
        }
    }

    [Fact]
    public async Task Times_are_given_as_the_token_says_them()
    {
        var gate = new Gate();
        var claims = await gate.ClaimsAsync(gate.Forge.Session());
        var now = gate.Clock.GetUtcNow();
        Assert.Equal((now.AddSeconds(60), now, now.AddSeconds(-10)), (claims.ExpiresAt, claims.IssuedAt, claims.NotBefore));
    }

    private static string Living(Gate gate, TokenClass tokenClass, int? seconds)
    {
        void Claim(System.Text.Json.Nodes.JsonObject claims)
        {
            claims["exp"] = gate.Now + (seconds ?? 60);
            if (seconds is null)
            {
                claims.Remove("iat");
            }
        }

        return tokenClass switch
        {
            TokenClass.Session => gate.Forge.Session(Claim),
            TokenClass.Template => gate.Forge.Template(Claim),
            TokenClass.M2M => gate.Forge.M2M(Claim),
            _ => gate.Forge.OAuth(Claim),
        };
    }
}
