using System.Net;
using System.Text.Json.Nodes;
using Gatehouse.Clerk.Api;
using Gatehouse.Clerk.Tests.Support;
using Gatehouse.Testbed;
using Microsoft.Extensions.Options;
using static Gatehouse.Testbed.ReplayHandler;

namespace Gatehouse.Clerk.Tests.Api;

public sealed class ClerkBackendClientTests
{
    private const string User = """
        {"object":"user","id":"user_1","first_name":"Ada","email_addresses":[{"id":"idn_2","email_address":"b@example.com"},
         {"id":"idn_1","email_address":"a@example.com","verification":{"status":"verified","strategy":"admin"}}],
         "primary_email_address_id":"idn_1","public_metadata":{"role":"admin","deep":{"a":[1]}},"private_metadata":null,
         "banned":true,"created_at":1789996400123,"last_sign_in_at":null,"organization_memberships":null,"a_member_of_tomorrow":{"x":1}}
        """;

    private static readonly string[] Calls =
    [
        "GET /v1/users/user_1 ",
        "GET /v1/users/count?banned=true ",
        """POST /v1/users {"first_name":"Ada","email_address":["a@example.com"],"public_metadata":{"Role":null}}""",
        """PATCH /v1/users/user_1 {"username":""}""",
        """PATCH /v1/users/user_1/metadata {"public_metadata":{"role":null}}""",
        """PUT /v1/users/user_1/metadata {"private_metadata":{}}""",
        "POST /v1/users/user_1/ban ",
        "POST /v1/users/user_1/unban ",
        "POST /v1/users/user_1/lock ",
        "POST /v1/users/user_1/unlock ",
        "DELETE /v1/users/user_1 ",
        "GET /v1/sessions/sess_1 ",
        """POST /v1/sessions {"user_id":"user_1","active_organization_id":"org_1"}""",
        "POST /v1/sessions/sess_1/revoke ",
        """POST /v1/sessions/sess_1/tokens {"expires_in_seconds":60}""",
        """POST /v1/sessions/sess_1/tokens/a%20b {}""",
        "GET /v1/jwt_templates/jtmp_1 ",
        """POST /v1/jwt_templates {"name":"t","claims":{"userId":"{{user.id}}"},"lifetime":900}""",
        """PATCH /v1/jwt_templates/jtmp_1 {"name":"t","claims":{}}""",
        "DELETE /v1/jwt_templates/jtmp_1 ",
        "GET /v1/machines/mch_1 ",
        """POST /v1/machines {"name":"m","scoped_machines":["mch_2"],"default_token_ttl":60}""",
        """PATCH /v1/machines/mch_1 {"name":"n"}""",
        "DELETE /v1/machines/mch_1 ",
        "GET /v1/machines/mch_1/secret_key ",
        """POST /v1/machines/mch_1/secret_key/rotate {"previous_token_ttl":3600}""",
        """POST /v1/machines/mch_1/scopes {"to_machine_id":"mch_2"}""",
        "DELETE /v1/machines/mch_1/scopes/mch_2 ",
        """POST /v1/m2m_tokens/mt_1/revoke {"revocation_reason":"lost"}""",
        """POST /v1/m2m_tokens/verify {"token":"mt_x"}""",
    ];

    [Fact]
    public async Task User_is_read_whatever_else_the_answer_holds()
    {
        var user = await Client(out var wire, Answer.Json(User)).Users.GetAsync("user_1", CancellationToken.None);

        Assert.Equal(("user_1", "Ada", "a@example.com", true), (user.Id, user.FirstName, user.PrimaryEmailAddress, user.Banned));
        Assert.Equal("admin", user.PublicMetadata.GetProperty("role").GetString());
        Assert.Equal("{}", user.PrivateMetadata.GetRawText());
        Assert.Equal("{}", user.UnsafeMetadata.GetRawText());
        Assert.Equal(1789996400123, user.CreatedAt.ToUnixTimeMilliseconds());
        Assert.Null(user.LastSignInAt);
        Assert.True(user.EmailAddresses[1].IsVerified);
        var request = Assert.Single(wire.Requests);
        Assert.Equal("Bearer sk_test_x", request.Authorization);
        Assert.Equal("2026-05-12", request.Headers["Clerk-API-Version"]);
        Assert.StartsWith("Gatehouse.Clerk/", request.Headers["User-Agent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_call_is_sent_as_clerk_expects_it()
    {
        var clerk = Client(
            out var wire,
            Answer.Json("""{"id":"x_1","jwt":"j","secret":"s","total_count":3,"name":"n"}"""));
        var stop = CancellationToken.None;

        await clerk.Users.GetAsync("user_1", stop);
        Assert.Equal(3, await clerk.Users.CountAsync(new UserFilter { Banned = true }, stop));
        await clerk.Users.CreateAsync(
            new CreateUserRequest
            {
                FirstName = "Ada",
                EmailAddresses = ["a@example.com"],
                PublicMetadata = new JsonObject { ["Role"] = null },
            },
            stop);
        await clerk.Users.UpdateAsync("user_1", new UpdateUserRequest { Username = "" }, stop);
        await clerk.Users.MergeMetadataAsync(
            "user_1", new MetadataChange { PublicMetadata = new JsonObject { ["role"] = null } }, stop);
        await clerk.Users.ReplaceMetadataAsync("user_1", new MetadataChange { PrivateMetadata = [] }, stop);
        await clerk.Users.BanAsync("user_1", stop);
        await clerk.Users.UnbanAsync("user_1", stop);
        await clerk.Users.LockAsync("user_1", stop);
        await clerk.Users.UnlockAsync("user_1", stop);
        await clerk.Users.DeleteAsync("user_1", stop);
        await clerk.Sessions.GetAsync("sess_1", stop);
        await clerk.Sessions.CreateAsync("user_1", "org_1", stop);
        await clerk.Sessions.RevokeAsync("sess_1", stop);
        Assert.Equal(
            "j", await clerk.Sessions.CreateTokenAsync("sess_1", new SessionTokenRequest { Lifetime = TimeSpan.FromMinutes(1) }, stop));
        await clerk.Sessions.CreateTokenAsync("sess_1", new SessionTokenRequest { Template = "a b", Origin = "http://localhost:5421" }, stop);
        await clerk.JwtTemplates.GetAsync("jtmp_1", stop);
        await clerk.JwtTemplates.CreateAsync(
            new JwtTemplateRequest { Name = "t", Claims = new JsonObject { ["userId"] = "{{user.id}}" }, LifetimeSeconds = 900 }, stop);
        await clerk.JwtTemplates.UpdateAsync("jtmp_1", new JwtTemplateRequest { Name = "t", Claims = [] }, stop);
        await clerk.JwtTemplates.DeleteAsync("jtmp_1", stop);
        await clerk.Machines.GetAsync("mch_1", stop);
        await clerk.Machines.CreateAsync(
            new MachineRequest { Name = "m", ScopedMachines = ["mch_2"], DefaultTokenLifetimeSeconds = 60 }, stop);
        await clerk.Machines.UpdateAsync("mch_1", new MachineRequest { Name = "n" }, stop);
        await clerk.Machines.DeleteAsync("mch_1", stop);
        Assert.Equal("s", await clerk.Machines.GetSecretKeyAsync("mch_1", stop));
        Assert.Equal("s", await clerk.Machines.RotateSecretKeyAsync("mch_1", TimeSpan.FromHours(1), stop));
        await clerk.Machines.AddScopeAsync("mch_1", "mch_2", stop);
        await clerk.Machines.RemoveScopeAsync("mch_1", "mch_2", stop);
        await clerk.M2MTokens.RevokeAsync("mt_1", "lost", stop);
        await clerk.M2MTokens.VerifyAsync("mt_x", stop);

        Assert.Equal("http://localhost:5421", Assert.Single(wire.Requests, request => request.Headers.ContainsKey("Origin")).Headers["Origin"]);
        Assert.Equal(Calls, wire.Requests.Select(request => $"{request.Method} {request.Address.PathAndQuery} {request.Body}"));
    }

    [Fact]
    public async Task Users_are_walked_by_cursor_until_a_page_is_not_full()
    {
        var clerk = Client(
            out var wire,
            Answer.Json("""[{"id":"user_1"},{"id":"user_2"}]"""),
            Answer.Json("""[{"id":"user_3"}]"""));
        var filter = new UserFilter { EmailAddresses = ["a+b@example.com", "c@example.com"] };

        var ids = await clerk.Users.ListAsync(filter, pageSize: 2).Select(user => user.Id).ToArrayAsync();

        Assert.Equal(["user_1", "user_2", "user_3"], ids);
        Assert.Equal(
            [
                "/v1/users?email_address=a%2Bb%40example.com&email_address=c%40example.com&order_by=created_at&limit=2",
                "/v1/users?email_address=a%2Bb%40example.com&email_address=c%40example.com&order_by=created_at&limit=2&starting_after=user_2",
            ],
            wire.Requests.Select(request => request.Address.PathAndQuery));
    }

    [Fact]
    public async Task Other_lists_are_walked_by_offset_until_all_have_come()
    {
        var page = Answer.Json("""{"data":[{"id":"sess_1"},{"id":"sess_2"}],"total_count":4}""");
        var clerk = Client(out var wire, page);

        Assert.Equal(4, await clerk.Sessions.ListAsync(new SessionFilter { UserId = "user_1" }).CountAsync());
        Assert.Equal(
            ["/v1/sessions?user_id=user_1&paginated=true&limit=500&offset=0", "/v1/sessions?user_id=user_1&paginated=true&limit=500&offset=2"],
            wire.Requests.Select(request => request.Address.PathAndQuery));
    }

    [Fact]
    public async Task Walk_ends_when_a_page_is_empty_whatever_the_total_says()
    {
        var clerk = Client(
            out _,
            Answer.Json("""{"data":[{"id":"mch_1"}],"total_count":9}"""),
            Answer.Json("""{"data":[],"total_count":9}"""));

        Assert.Equal(1, await clerk.Machines.ListAsync().CountAsync());
    }

    [Fact]
    public async Task Machine_tokens_have_a_list_shape_of_their_own()
    {
        var clerk = Client(out var wire, Answer.Json("""{"m2m_tokens":[{"id":"mt_1"}],"total_count":1}"""));

        Assert.Equal("mt_1", Assert.Single(await clerk.M2MTokens.ListAsync("mch_1").ToArrayAsync()).Id);
        Assert.Equal("/v1/m2m_tokens?subject=mch_1&limit=100&offset=0", Assert.Single(wire.Requests).Address.PathAndQuery);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "{}")]
    [InlineData(HttpStatusCode.BadRequest, "{}")]
    [InlineData(HttpStatusCode.OK, """{"id":"mt_1","revoked":true}""")]
    [InlineData(HttpStatusCode.OK, """{"id":"mt_1","expired":true}""")]
    public async Task Machine_token_that_is_not_good_is_no_token(HttpStatusCode status, string body) =>
        Assert.Null(await Client(out _, new Answer(status, body)).M2MTokens.VerifyAsync("mt_x", CancellationToken.None));

    [Fact]
    public async Task Refused_machine_secret_is_no_verdict_about_the_token()
    {
        var clerk = Client(out _, new Answer(HttpStatusCode.Unauthorized, """{"errors":[{"code":"machine_secret_key_invalid"}]}"""));

        var thrown = await Assert.ThrowsAsync<ClerkApiException>(() => clerk.M2MTokens.VerifyAsync("mt_x", CancellationToken.None));

        Assert.Equal(ClerkFailure.Credentials, thrown.Failure);
    }

    [Fact]
    public async Task Error_is_typed_and_its_message_names_neither_secret_nor_person()
    {
        var clerk = Client(
            out _,
            new Answer(HttpStatusCode.UnprocessableEntity, """
                {"errors":[{"code":"form_identifier_exists","message":"is taken","long_message":"ada@example.com is taken.",
                  "meta":{"param_name":"email_address"}},null,{"code":null}],"clerk_trace_id":"trace-1","meta":{}}
                """));

        var thrown = await Assert.ThrowsAsync<ClerkApiException>(
            () => clerk.Users.CountAsync(new UserFilter { Query = "ada@example.com" }, CancellationToken.None));

        Assert.Equal(
            (ClerkFailure.Rejected, false, HttpStatusCode.UnprocessableEntity, "trace-1", 2),
            (thrown.Failure, thrown.IsOutage, thrown.StatusCode, thrown.TraceId, thrown.Errors.Count));
        Assert.Equal(
            ("form_identifier_exists", "is taken", "ada@example.com is taken.", "email_address"),
            (thrown.Errors[0].Code, thrown.Errors[0].Message, thrown.Errors[0].LongMessage, thrown.Errors[0].ParameterName));
        Assert.True(thrown.HasCode("form_identifier_exists"));
        Assert.Equal("Clerk answered GET /v1/users/count with 422 (form_identifier_exists, ), trace trace-1", thrown.Message);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, ClerkFailure.Credentials, false)]
    [InlineData(HttpStatusCode.NotFound, ClerkFailure.NotFound, false)]
    [InlineData(HttpStatusCode.Forbidden, ClerkFailure.Rejected, false)]
    [InlineData(HttpStatusCode.Found, ClerkFailure.Rejected, false)]
    [InlineData(HttpStatusCode.TooManyRequests, ClerkFailure.Throttled, true)]
    [InlineData(HttpStatusCode.BadGateway, ClerkFailure.Unavailable, true)]
    public async Task Misuse_and_outage_are_told_apart(HttpStatusCode status, ClerkFailure failure, bool isOutage)
    {
        var answer = new Answer(status, "<html>not JSON</html>") { Headers = new Dictionary<string, string> { ["Retry-After"] = "7", ["cf-ray"] = "ray-1" } };

        var thrown = await Assert.ThrowsAsync<ClerkApiException>(
            () => Client(out _, answer).Users.GetAsync("user_1", CancellationToken.None));

        Assert.Equal((failure, isOutage, TimeSpan.FromSeconds(7), "ray-1"), (thrown.Failure, thrown.IsOutage, thrown.RetryAfter, thrown.TraceId));
        Assert.Empty(thrown.Errors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":"user_1","created_at":"yesterday"}""")]
    [InlineData("""{"id":"user_1","created_at":9223372036854775807}""")]
    public async Task Answer_that_cannot_be_read_is_an_outage(string body)
    {
        var thrown = await Assert.ThrowsAsync<ClerkApiException>(
            () => Client(out _, Answer.Json(body)).Users.GetAsync("user_1", CancellationToken.None));

        Assert.Equal((ClerkFailure.Unavailable, HttpStatusCode.OK), (thrown.Failure, thrown.StatusCode));
    }

    [Fact]
    public async Task No_answer_is_an_outage()
    {
        var failure = new HttpRequestException("away");

        var thrown = await Assert.ThrowsAsync<ClerkApiException>(
            () => Client(out _, Answer.Throws(failure)).Users.GetAsync("user_1", CancellationToken.None));

        Assert.Equal((ClerkFailure.Unavailable, null), (thrown.Failure, thrown.StatusCode));
        Assert.Same(failure, thrown.InnerException);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData(" ")]
    public async Task Id_that_would_change_the_path_is_refused(string id)
    {
        var clerk = Client(out var wire, Answer.Json("{}"));

        await Assert.ThrowsAnyAsync<ArgumentException>(() => clerk.Users.DeleteAsync(id, CancellationToken.None));
        Assert.Empty(wire.Requests);
    }

    [Fact]
    public async Task Id_with_slashes_stays_one_segment()
    {
        var clerk = Client(out var wire, Answer.Json("""{"id":"x"}"""));

        await clerk.Users.GetAsync("a/../b?c#d", CancellationToken.None);

        Assert.Equal("/v1/users/a%2F..%2Fb%3Fc%23d", Assert.Single(wire.Requests).Address.PathAndQuery);
    }

    [Fact]
    public async Task Call_without_its_key_names_the_variable()
    {
        var clerk = new ClerkBackendClient(new HttpClient(new ReplayHandler(Answer.Json("{}"))), Options.Create(new ClerkOptions()));

        var user = await Assert.ThrowsAsync<InvalidOperationException>(() => clerk.Users.GetAsync("user_1", CancellationToken.None));
        var token = await Assert.ThrowsAsync<InvalidOperationException>(
            () => clerk.M2MTokens.CreateAsync(new CreateM2MTokenRequest(), CancellationToken.None));

        Assert.Contains("CLERK_SECRET_KEY", user.Message, StringComparison.Ordinal);
        Assert.Contains("CLERK_MACHINE_SECRET_KEY", token.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_set_can_be_read_once()
    {
        var clerk = Client(out var wire, Answer.Json(Specimens.Jwks(Specimens.Jwk("ins_1"))));

        Assert.Equal("ins_1", Assert.Single((await clerk.GetJwksAsync(CancellationToken.None)).Keys).KeyId);
        Assert.Equal("/v1/jwks", Assert.Single(wire.Requests).Address.AbsolutePath);
    }

    private static ClerkBackendClient Client(out ReplayHandler wire, params IEnumerable<Answer> answers)
    {
        wire = new ReplayHandler(answers);
        return new ClerkBackendClient(new HttpClient(wire), Options.Create(new ClerkOptions { SecretKey = "sk_test_x" }));
    }
}
