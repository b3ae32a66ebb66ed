using System.Buffers.Text;
using System.Net;
using System.Text.Json.Nodes;
using Gatehouse.AspNetCore.Authentication.Internal;
using Gatehouse.AspNetCore.Forwarding;
using Gatehouse.AspNetCore.Problems;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;

namespace Gatehouse.AspNetCore.Tests.Forwarding;

public sealed class CallerTokenTests
{
    [Theory]
    [InlineData(60, true, true)]
    [InlineData(10, true, true)]
    [InlineData(9, true, false)]
    [InlineData(60, false, false)]
    public async Task A_sessions_token_passes_as_it_is_only_with_its_party_and_ten_seconds_to_live(int seconds, bool hasParty, bool asItIs)
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.ToAsync(upstream);
        var token = Session(front, claims =>
        {
            claims["exp"] = front.Clock.GetUtcNow().ToUnixTimeSeconds() + seconds;
            if (!hasParty)
            {
                claims.Remove("azp");
            }
        });

        using var response = await front.SendAsync("/to/x", token: token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var arrived = Bearer(upstream.Request);
        Assert.Equal(asItIs, arrived == token);
        Assert.Equal(asItIs ? 0 : 1, front.Clerk.Mints);
        var claims = ClaimsOf(arrived);
        Assert.Equal(TokenForge.Origin, (string?)claims["azp"]);
        Assert.Equal(TokenForge.SessionId, (string?)claims["sid"]);
        Assert.True((long)claims["exp"]! - front.Clock.GetUtcNow().ToUnixTimeSeconds() >= 10);
    }

    [Fact]
    public async Task Sixty_four_requests_of_one_session_at_once_cost_one_minting()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.ToAsync(upstream);
        var gate = new TaskCompletionSource();
        front.Clerk.Gate = gate.Task;
        var token = WithoutParty(front);
        var requests = Enumerable.Range(0, 64).Select(_ => front.SendAsync("/to/x", token: token)).ToArray();
        gate.SetResult();
        foreach (var response in await Task.WhenAll(requests))
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            response.Dispose();
        }

        Assert.Equal(1, front.Clerk.Mints);
        Assert.Single(upstream.Requests.Select(Bearer).Distinct());
        Assert.Equal(64, upstream.Requests.Count);
    }

    [Fact]
    public async Task A_minted_token_serves_until_ten_seconds_before_its_end_and_then_the_next_is_minted()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.ToAsync(upstream);
        await PassAsync(front, WithoutParty(front));
        front.Clock.AdvanceSeconds(49);
        await PassAsync(front, WithoutParty(front));
        Assert.Equal(1, front.Clerk.Mints);
        front.Clock.AdvanceSeconds(1);
        await PassAsync(front, WithoutParty(front));
        Assert.Equal(2, front.Clerk.Mints);
    }

    [Fact]
    public async Task Sessions_do_not_share_their_tokens()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.ToAsync(upstream);
        foreach (var session in new[] { "sess_one", "sess_two", "sess_one" })
        {
            await PassAsync(front, WithoutParty(front, claims => claims["sid"] = session));
        }

        Assert.Equal(["sess_one", "sess_two", "sess_one"], upstream.Requests.Select(request => (string?)ClaimsOf(Bearer(request))["sid"]));
        Assert.Equal(2, front.Clerk.Mints);
    }

    [Fact]
    [Proves("G2")]
    public async Task Without_a_token_to_be_had_the_caller_hears_it_in_the_endpoints_own_words_and_nothing_is_forwarded()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.StartAsync(app => app
            .MapForwarding("POST", "/api/analyzer", upstream.Address)
            .WithProblemAnswer("token-unavailable", ProblemAnswer.Text("Unauthorized - Token unavailable")));
        front.Clerk.Status = 404;
        using var response = await front.SendAsync("/api/analyzer", HttpMethod.Post, WithoutParty(front));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Unauthorized - Token unavailable", await response.Content.ReadAsStringAsync());
        Assert.Empty(upstream.Requests);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task A_minting_that_fails_is_401_and_is_not_tried_again_for_two_seconds(int status)
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.ToAsync(upstream);
        front.Clerk.Status = status;
        await RefuseAsync(front, WithoutParty(front));
        await RefuseAsync(front, WithoutParty(front));
        Assert.Equal(1, front.Clerk.Mints);

        front.Clerk.Status = 200;
        front.Clock.AdvanceSeconds(2);
        await PassAsync(front, WithoutParty(front));
        Assert.Single(upstream.Requests);
    }

    [Theory]
    [InlineData("sub", "user_2SomebodyElse000000000001")]
    [InlineData("sid", "sess_2AnotherSession00000001")]
    [InlineData("azp", "https://elsewhere.example.com")]
    [InlineData("iss", "https://elsewhere.example.com")]
    public async Task A_minted_token_that_is_not_this_sessions_is_not_used(string claim, string value)
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.ToAsync(upstream);
        front.Clerk.Claims = claims => claims[claim] = value;
        await RefuseAsync(front, WithoutParty(front));
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task A_person_who_has_changed_organizations_since_is_not_forwarded_as_a_member_of_the_other()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.ToAsync(upstream);
        void In(JsonObject claims, string organization) => claims["o"] = new JsonObject { ["id"] = organization, ["rol"] = "member" };
        front.Clerk.Claims = claims => In(claims, "org_new");
        await RefuseAsync(front, WithoutParty(front, claims => In(claims, "org_old")));
        await PassAsync(front, WithoutParty(front, claims => In(claims, "org_new")));
        Assert.Single(upstream.Requests);
    }

    [Fact]
    [Proves("G27")]
    public async Task What_was_minted_before_its_user_was_revoked_is_not_used_afterwards()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.ToAsync(upstream);
        await PassAsync(front, WithoutParty(front));
        front.Clock.AdvanceSeconds(1);
        var now = front.Clock.GetUtcNow();
        front.Revocations.Add(new Revocation(RevocationKind.User, TokenForge.UserId, now.AddMilliseconds(-500), now.AddHours(1)));

        await PassAsync(front, WithoutParty(front));   // the session's own next token is good, and so is one minted from now on

        Assert.Equal(2, front.Clerk.Mints);
        Assert.NotEqual(Bearer(upstream.Requests[0]), Bearer(upstream.Requests[1]));
    }

    [Fact]
    [Proves("G27")]
    public async Task A_session_that_is_revoked_while_its_token_is_minted_gets_none()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.ToAsync(upstream);
        var gate = new TaskCompletionSource();
        front.Clerk.Gate = gate.Task;
        var request = front.SendAsync("/to/x", token: WithoutParty(front));
        await Eventually.AsTrue(() => front.Clerk.Mints == 1);
        var now = front.Clock.GetUtcNow();
        front.Revocations.Add(new Revocation(RevocationKind.Session, TokenForge.SessionId, now, now.AddHours(1)));
        gate.SetResult();

        // The guard of open requests ends it first; were it not there, the token would not be given out.
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => request);
        Assert.Empty(upstream.Requests);
    }

    [Theory]
    [InlineData(TokenClass.M2M, TokenClass.Session, false)]
    [InlineData(TokenClass.Template, TokenClass.Session, false)]
    [InlineData(TokenClass.OAuth, TokenClass.Session, false)]
    [InlineData(TokenClass.M2M, TokenClass.Session | TokenClass.M2M, true)]
    [InlineData(TokenClass.Template, TokenClass.Template, true)]
    [InlineData(TokenClass.Session, TokenClass.M2M, false)]
    public async Task Only_the_classes_that_are_named_pass(TokenClass shown, TokenClass forwarded, bool passes)
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.StartAsync(
            app => app.MapForwarding("/to/{**rest}", upstream.Address, options =>
                options.Token = forwarded == TokenClass.Session ? ForwardedToken.Caller : ForwardedToken.CallerOf(forwarded)),
            entrance => entrance.Classes = TokenClass.Session | TokenClass.M2M | TokenClass.Template | TokenClass.OAuth);
        var token = shown switch
        {
            TokenClass.M2M => front.Forge.M2M(),
            TokenClass.Template => front.Forge.Template(),
            TokenClass.OAuth => front.Forge.OAuth(),
            _ => front.Forge.Session(),
        };
        using var response = await front.SendAsync("/to/x", token: token);
        Assert.Equal(passes ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(passes ? [token] : [], upstream.Requests.Select(Bearer));
        Assert.Equal(0, front.Clerk.Mints);
    }

    [Fact]
    public async Task A_token_that_an_entrance_took_from_elsewhere_passes_and_not_the_header()
    {
        await using var upstream = await Upstream.StartAsync();
        string? taken = null;
        await using var front = await FrontApp.StartAsync(app =>
        {
            app.Use((context, next) =>
            {
                context.Features.Set(new PresentedToken(taken!));
                return next(context);
            });
            app.MapForwarding("/to/{**rest}", upstream.Address);
        });
        taken = Session(front, claims => claims["jti"] = "taken");
        using var response = await front.SendAsync("/to/x");
        Assert.Equal(taken, Bearer(upstream.Request));
        Assert.Equal("***", new PresentedToken(taken).ToString());
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}", "http://127.0.0.1:{0}")]
    [InlineData("http://localhost:{0}", null)]
    public async Task Of_several_parties_the_one_at_which_the_request_came_in_is_our_own(string party, string? origin)
    {
        await using var upstream = await Upstream.StartAsync();
        await using var probe = await Upstream.StartAsync();
        var port = probe.Address.Port;
        await probe.DisposeAsync();
        await using var front = await FrontApp.StartAsync(
            app =>
            {
                app.Urls.Add($"http://127.0.0.1:{port}");
                app.MapForwarding("/to/{**rest}", upstream.Address);
            },
            entrance => entrance.AuthorizedParties.Add(string.Format(System.Globalization.CultureInfo.InvariantCulture, party, port)));
        using var request = front.Ask("/to/x", token: WithoutParty(front));
        request.Headers.Host = $"127.0.0.1:{port}";
        using var response = await front.Client.SendAsync(request);
        Assert.Equal(origin is null ? HttpStatusCode.Unauthorized : HttpStatusCode.OK, response.StatusCode);
        if (origin is not null)
        {
            Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, origin, port), (string?)ClaimsOf(Bearer(upstream.Request))["azp"]);
        }
    }

    [Fact]
    public async Task Without_a_token_the_service_hears_nothing_of_who_calls()
    {
        await using var upstream = await Upstream.StartAsync();
        await using var front = await FrontApp.ToAsync(upstream, options => options.Token = ForwardedToken.None);
        using var response = await front.SendAsync("/to/x");
        Assert.Null(upstream.Request["Authorization"]);
    }

    internal static string Bearer(Upstream.Seen request) => request["Authorization"]!["Bearer ".Length..];

    private static JsonNode ClaimsOf(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!;

    private static string Session(FrontApp front, Action<JsonObject> claims) => front.Forge.Session(claims);

    private static string WithoutParty(FrontApp front, Action<JsonObject>? change = null) => front.Forge.Session(claims =>
    {
        claims.Remove("azp");
        change?.Invoke(claims);
    });

    private static async Task PassAsync(FrontApp front, string token)
    {
        using var response = await front.SendAsync("/to/x", token: token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task RefuseAsync(FrontApp front, string token)
    {
        using var response = await front.SendAsync("/to/x", token: token);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("token-unavailable", (await EntranceTests.ProblemAsync(response)).GetProperty("code").GetString());
    }
}
