using System.Net;
using Gatehouse.Clerk.Api;
using Gatehouse.Testbed;
using Microsoft.Extensions.Options;
using static Gatehouse.Testbed.ReplayHandler;

namespace Gatehouse.Clerk.Tests.Api;

public sealed class ClerkOAuthTokensTests
{
    [Fact]
    public async Task Access_token_is_read_as_clerk_writes_it()
    {
        var clerk = Client(out var wire, Answer.Json("""
            {"object":"clerk_idp_oauth_access_token","id":"oat_0123","client_id":"abc123","type":"oauth:access_token","subject":"user_1",
             "scopes":["email","profile"],"revoked":false,"revocation_reason":null,"expired":false,"expiration":1790082800000,
             "created_at":1789996400000,"updated_at":1789996400000,"aud":["https://api.example"],"act":{"sub":"user_2"}}
            """));

        var token = await clerk.VerifyAsync("oat_x", CancellationToken.None);

        Assert.NotNull(token);
        Assert.Equal(
            ("oat_0123", "abc123", "user_1", "email profile", "https://api.example", "user_2"),
            (token.Id, token.ClientId, token.Subject, string.Join(' ', token.Scopes), Assert.Single(token.Audiences), token.Actor.GetProperty("sub").GetString()));
        var request = Assert.Single(wire.Requests);
        Assert.Equal(
            ("/v1/oauth_applications/access_tokens/verify", """{"access_token":"oat_x"}""", "Bearer sk_test_x"),
            (request.Address.AbsolutePath, request.Body, request.Authorization));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "{}")]
    [InlineData(HttpStatusCode.OK, """{"active":false}""")]
    [InlineData(HttpStatusCode.OK, """{"id":"oat_1","active":false}""")]
    [InlineData(HttpStatusCode.OK, """{"id":"oat_1","revoked":true}""")]
    [InlineData(HttpStatusCode.OK, """{"id":"oat_1","active":true,"expired":true}""")]
    public async Task Token_that_is_not_good_is_no_token(HttpStatusCode status, string body) =>
        Assert.Null(await Client(out _, new Answer(status, body)).VerifyAsync("oat_x", CancellationToken.None));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"active":true}""")]
    [InlineData("""{"active":null,"subject":"user_1"}""")]
    public async Task Answer_that_names_no_token_admits_none(string body)
    {
        var thrown = await Assert.ThrowsAsync<ClerkApiException>(
            () => Client(out _, Answer.Json(body)).VerifyAsync("oat_x", CancellationToken.None));

        Assert.Equal((ClerkFailure.Unavailable, HttpStatusCode.OK), (thrown.Failure, thrown.StatusCode));
    }

    private static ClerkOAuthTokens Client(out ReplayHandler wire, params IEnumerable<Answer> answers)
    {
        wire = new ReplayHandler(answers);
        return new ClerkBackendClient(new HttpClient(wire), Options.Create(new ClerkOptions { SecretKey = "sk_test_x" })).OAuthTokens;
    }
}
