using System.Net;
using System.Text.Json.Nodes;
using Gatehouse.Clerk.Api;
using Gatehouse.Testbed;
using Microsoft.Extensions.Options;
using static Gatehouse.Testbed.ReplayHandler;

namespace Gatehouse.Clerk.Tests.Api;

public sealed class ClerkApiKeysTests
{
    private const string Key = """
        {"object":"api_key","id":"ak_0123","type":"api_key","subject":"user_1","name":"ci key","description":null,"claims":{"plan":"pro"},
         "scopes":["read:items"],"secret":"ak_shownOnce","revoked":false,"revocation_reason":null,"expired":false,"expiration":1790000000000,
         "created_by":"user_2","last_used_at":null,"created_at":1789996400000,"updated_at":1789996400001}
        """;

    [Fact]
    [Proves("G26")]
    public async Task Key_is_read_as_clerk_writes_it()
    {
        var key = await Client(out _, Answer.Json(Key)).GetAsync("ak_0123", CancellationToken.None);

        Assert.Equal(
            ("ak_0123", "api_key", "user_1", "ci key", "ak_shownOnce", "user_2", false, false),
            (key.Id, key.Type, key.Subject, key.Name, key.Secret, key.CreatedBy, key.Revoked, key.Expired));
        Assert.Equal(("pro", "read:items"), (key.Claims.GetProperty("plan").GetString(), Assert.Single(key.Scopes)));
        Assert.Equal(
            (1790000000000, 1789996400000, 1789996400001, null),
            (key.Expiration!.Value.ToUnixTimeMilliseconds(), key.CreatedAt.ToUnixTimeMilliseconds(), key.UpdatedAt.ToUnixTimeMilliseconds(), key.LastUsedAt));
    }

    [Fact]
    public async Task Every_call_is_sent_as_clerk_expects_it()
    {
        var keys = Client(out var wire, Answer.Json("""{"id":"ak_1","secret":"s"}"""));
        var stop = CancellationToken.None;

        await keys.CreateAsync(
            new CreateApiKeyRequest
            {
                Name = "ci key",
                Subject = "user_1",
                Claims = new JsonObject { ["planName"] = "pro" },
                Scopes = ["read:items"],
                SecondsUntilExpiration = 60,
            },
            stop);
        await keys.GetAsync("ak_1", stop);
        await keys.UpdateAsync("ak_1", new UpdateApiKeyRequest { Scopes = [], Description = "" }, stop);
        await keys.DeleteAsync("ak_1", stop);
        Assert.Equal("s", await keys.GetSecretAsync("ak_1", stop));
        await keys.RevokeAsync("ak_1", "lost", stop);
        await keys.RevokeAsync("ak_1", null, stop);
        await keys.VerifyAsync("ak_x", stop);

        Assert.Equal(
            [
                """POST /v1/api_keys {"name":"ci key","subject":"user_1","claims":{"planName":"pro"},"scopes":["read:items"],"seconds_until_expiration":60}""",
                "GET /v1/api_keys/ak_1 ",
                """PATCH /v1/api_keys/ak_1 {"description":"","scopes":[]}""",
                "DELETE /v1/api_keys/ak_1 ",
                "GET /v1/api_keys/ak_1/secret ",
                """POST /v1/api_keys/ak_1/revoke {"revocation_reason":"lost"}""",
                "POST /v1/api_keys/ak_1/revoke {}",
                """POST /v1/api_keys/verify {"secret":"ak_x"}""",
            ],
            wire.Requests.Select(request => $"{request.Method} {request.Address.PathAndQuery} {request.Body}"));
        Assert.All(wire.Requests, request => Assert.Equal("Bearer sk_test_x", request.Authorization));
    }

    [Fact]
    public async Task Keys_of_a_subject_are_walked_by_offset()
    {
        var keys = Client(
            out var wire,
            Answer.Json("""{"data":[{"id":"ak_1"}],"total_count":2}"""),
            Answer.Json("""{"data":[{"id":"ak_2"}],"total_count":2}"""));
        var filter = new ApiKeyFilter { Subject = "user_1", IncludeInvalid = true, Query = "c i" };

        Assert.Equal(["ak_1", "ak_2"], await keys.ListAsync(filter).Select(key => key.Id).ToArrayAsync());
        Assert.Equal(
            [
                "/v1/api_keys?subject=user_1&include_invalid=true&query=c%20i&limit=100&offset=0",
                "/v1/api_keys?subject=user_1&include_invalid=true&query=c%20i&limit=100&offset=1",
            ],
            wire.Requests.Select(request => request.Address.PathAndQuery));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "{}")]
    [InlineData(HttpStatusCode.BadRequest, "{}")]
    [InlineData(HttpStatusCode.OK, """{"id":"ak_1","revoked":true}""")]
    [InlineData(HttpStatusCode.OK, """{"id":"ak_1","expired":true}""")]
    public async Task Key_that_is_not_good_is_no_key(HttpStatusCode status, string body) =>
        Assert.Null(await Client(out _, new Answer(status, body)).VerifyAsync("ak_x", CancellationToken.None));

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "{}", ClerkFailure.Credentials)]
    [InlineData(HttpStatusCode.BadRequest, """{"errors":[{"code":"api_version_invalid"}]}""", ClerkFailure.Rejected)]
    public async Task Fault_of_ours_is_no_verdict_about_the_key(HttpStatusCode status, string body, ClerkFailure failure)
    {
        var thrown = await Assert.ThrowsAsync<ClerkApiException>(
            () => Client(out _, new Answer(status, body)).VerifyAsync("ak_x", CancellationToken.None));

        Assert.Equal(failure, thrown.Failure);
    }

    [Fact]
    public async Task Call_without_the_instances_secret_names_the_variable()
    {
        var clerk = new ClerkBackendClient(
            new HttpClient(new ReplayHandler(Answer.Json(Key))), Options.Create(new ClerkOptions { MachineSecretKey = "ak_machine" }));

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => clerk.ApiKeys.VerifyAsync("ak_x", CancellationToken.None));

        Assert.Contains("CLERK_SECRET_KEY", thrown.Message, StringComparison.Ordinal);
    }

    private static ClerkApiKeys Client(out ReplayHandler wire, params IEnumerable<Answer> answers)
    {
        wire = new ReplayHandler(answers);
        return new ClerkBackendClient(new HttpClient(wire), Options.Create(new ClerkOptions { SecretKey = "sk_test_x" })).ApiKeys;
    }
}
