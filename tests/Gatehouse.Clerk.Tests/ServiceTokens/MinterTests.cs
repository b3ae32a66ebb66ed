using System.Net;
using Gatehouse.Clerk.Api;
using Gatehouse.Clerk.ServiceTokens;
using Gatehouse.Clerk.ServiceTokens.Internal;
using Gatehouse.Clerk.Tests.Support;
using Gatehouse.Testbed;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using static Gatehouse.Testbed.ReplayHandler;

namespace Gatehouse.Clerk.Tests.ServiceTokens;

public sealed class MinterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ServiceTokenOptions _options = new() { ServiceUserId = "user_1" };

    [Fact]
    public async Task Machine_mints_a_jwt_of_fifteen_minutes_with_its_own_secret()
    {
        var jwt = Specimens.Jwt(Now, TimeSpan.FromSeconds(900));
        var wire = new ReplayHandler(M2M(jwt, Now, Now.AddSeconds(900)));

        var minted = await new M2MTokenMinter(Clerk(wire), _options).MintAsync(Now, CancellationToken.None);

        Assert.Equal((jwt, TimeSpan.FromSeconds(900)), (minted.Value, minted.Lifetime));
        var request = Assert.Single(wire.Requests);
        Assert.Equal("POST https://api.clerk.com/v1/m2m_tokens", $"{request.Method} {request.Address}");
        Assert.Equal("Bearer ak_machine", request.Authorization);
        Assert.Equal("""{"token_format":"jwt","seconds_until_expiration":900}""", request.Body);
    }

    [Fact]
    [Proves("A3")]
    public async Task Opaque_tokens_are_shared_among_nodes_and_only_what_is_left_counts()
    {
        _options.Format = M2MTokenFormat.Opaque;
        var wire = new ReplayHandler(M2M("mt_1", Now.AddSeconds(-600), Now.AddSeconds(300)));

        var minted = await new M2MTokenMinter(Clerk(wire), _options).MintAsync(Now, CancellationToken.None);

        Assert.Equal(("mt_1", TimeSpan.FromSeconds(300)), (minted.Value, minted.Lifetime));
        Assert.Equal(
            """{"token_format":"opaque","seconds_until_expiration":900,"min_remaining_ttl_seconds":225}""",
            Assert.Single(wire.Requests).Body);
    }

    [Fact]
    [Proves("A6", "A7", "A8", "A53")]
    public async Task Service_user_is_read_then_given_a_session_then_a_template_token()
    {
        var jwt = Specimens.Jwt(Now, TimeSpan.FromSeconds(60));
        var wire = new ReplayHandler(
            Answer.Json("""{"id":"user_1","object":"user"}"""),
            Answer.Json("""{"id":"sess_1","object":"session"}"""),
            Answer.Json($$"""{"object":"token","jwt":"{{jwt}}"}"""));

        var minted = await Minter(wire).MintAsync(Now, CancellationToken.None);

        Assert.Equal((jwt, TimeSpan.FromSeconds(60)), (minted.Value, minted.Lifetime));
        Assert.Equal(
            [
                "GET /v1/users/user_1 ",
                """POST /v1/sessions {"user_id":"user_1"}""",
                "POST /v1/sessions/sess_1/tokens/hemera-api {}",
            ],
            wire.Requests.Select(request => $"{request.Method} {request.Address.AbsolutePath} {request.Body}"));
        Assert.All(wire.Requests, request => Assert.Equal("Bearer sk_test_instance", request.Authorization));
    }

    [Fact]
    public async Task One_session_of_the_service_user_gives_token_after_token()
    {
        var wire = new ReplayHandler(User(), Session("sess_1"), Token());
        var minter = Minter(wire);
        for (var mint = 0; mint < 3; mint++)
        {
            await minter.MintAsync(Now, CancellationToken.None);
        }

        Assert.Equal(
            [
                "GET /v1/users/user_1",
                "POST /v1/sessions",
                "POST /v1/sessions/sess_1/tokens/hemera-api",
                "POST /v1/sessions/sess_1/tokens/hemera-api",
                "POST /v1/sessions/sess_1/tokens/hemera-api",
            ],
            Calls(wire));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.UnprocessableEntity)]
    public async Task A_session_that_gives_no_more_tokens_is_replaced_and_ended(HttpStatusCode refusal)
    {
        var wire = new ReplayHandler(
            User(), Session("sess_1"), Token(), new Answer(refusal, "{}"), User(), Session("sess_2"), Token(), Session("sess_1"), Token());
        var minter = Minter(wire);
        for (var mint = 0; mint < 3; mint++)
        {
            await minter.MintAsync(Now, CancellationToken.None);
        }

        Assert.Equal(
            [
                "GET /v1/users/user_1",
                "POST /v1/sessions",
                "POST /v1/sessions/sess_1/tokens/hemera-api",
                "POST /v1/sessions/sess_1/tokens/hemera-api",
                "GET /v1/users/user_1",
                "POST /v1/sessions",
                "POST /v1/sessions/sess_2/tokens/hemera-api",
                "POST /v1/sessions/sess_1/revoke",
                "POST /v1/sessions/sess_2/tokens/hemera-api",
            ],
            Calls(wire));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task What_was_refused_is_followed_by_a_token_of_another_session_and_the_old_one_is_ended_if_it_can_be(HttpStatusCode ending)
    {
        var wire = new ReplayHandler(User(), Session("sess_1"), Token(), User(), Session("sess_2"), Token(), new Answer(ending, "{\"id\":\"sess_1\"}"));
        var minter = Minter(wire);
        await minter.MintAsync(Now, CancellationToken.None);
        minter.Forget();
        await minter.MintAsync(Now, CancellationToken.None);

        Assert.Equal(
            ["POST /v1/sessions/sess_2/tokens/hemera-api", "POST /v1/sessions/sess_1/revoke"],
            Calls(wire).TakeLast(2));
    }

    [Fact]
    public async Task Clerk_away_costs_no_session()
    {
        var wire = new ReplayHandler(User(), Session("sess_1"), Token(), new Answer(HttpStatusCode.ServiceUnavailable), Token());
        var minter = Minter(wire);
        await minter.MintAsync(Now, CancellationToken.None);
        await Assert.ThrowsAsync<ClerkApiException>(() => minter.MintAsync(Now, CancellationToken.None));
        await minter.MintAsync(Now, CancellationToken.None);

        Assert.Single(Calls(wire), "POST /v1/sessions");
    }

    [Fact]
    public async Task A_template_that_is_not_there_leaves_one_session_and_not_one_for_each_try()
    {
        var missing = new Answer(HttpStatusCode.NotFound, "{}");
        var wire = new ReplayHandler(
            [User(), Session("sess_1"), missing, .. Enumerable.Range(2, 5).SelectMany(n => new[] { missing, User(), Session($"sess_{n}"), missing, Session($"sess_{n - 1}") })]);
        var minter = Minter(wire);
        for (var mint = 0; mint < 6; mint++)
        {
            await Assert.ThrowsAsync<ClerkApiException>(() => minter.MintAsync(Now, CancellationToken.None));
        }

        Assert.Equal(6, Calls(wire).Count(call => call == "POST /v1/sessions"));
        Assert.Equal(
            Enumerable.Range(1, 5).Select(n => $"POST /v1/sessions/sess_{n}/revoke"),
            Calls(wire).Where(call => call.EndsWith("/revoke", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-jwt")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.c2ln")]
    [InlineData("e30.W10.c2ln")]
    [InlineData("e30.eyJpYXQiOjEwLCJleHAiOjEwfQ.c2ln")]
    public async Task Answer_without_a_token_that_lives_is_refused(string token)
    {
        var wire = new ReplayHandler(M2M(token, Now, Now.AddSeconds(900)));

        await Assert.ThrowsAsync<InvalidDataException>(
            () => new M2MTokenMinter(Clerk(wire), _options).MintAsync(Now, CancellationToken.None));
    }

    private static IEnumerable<string> Calls(ReplayHandler wire) => wire.Requests.Select(request => $"{request.Method} {request.Address.AbsolutePath}");

    private static Answer User() => Answer.Json("""{"id":"user_1","object":"user"}""");

    private static Answer Session(string id) => Answer.Json($$"""{"id":"{{id}}","object":"session"}""");

    private static Answer Token() => Answer.Json($$"""{"object":"token","jwt":"{{Specimens.Jwt(Now, TimeSpan.FromSeconds(60))}}"}""");

    private ServiceUserTokenMinter Minter(ReplayHandler wire) => new(Clerk(wire), _options, NullLogger.Instance);

    private static Answer M2M(string token, DateTimeOffset created, DateTimeOffset expires) => new(
        HttpStatusCode.Created,
        $$"""
        {"object":"machine_to_machine_token","id":"mt_1","subject":"mch_1","scopes":["mch_2"],"token":"{{token}}","news":{"of":["ours"]},
         "created_at":{{created.ToUnixTimeMilliseconds()}},"expiration":{{expires.ToUnixTimeMilliseconds()}}}
        """);

    private static ClerkBackendClient Clerk(ReplayHandler wire) => new(
        new HttpClient(wire),
        Options.Create(new ClerkOptions { SecretKey = "sk_test_instance", MachineSecretKey = "ak_machine" }));
}
