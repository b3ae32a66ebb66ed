using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gatehouse.Clerk.Api;
using Gatehouse.Clerk.OpaqueTokens;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.Clerk.Tests.OpaqueTokens;

/// <summary>API keys and OAuth access tokens against a whole Clerk on this machine.</summary>
public sealed class LocalApiKeyTests : IAsyncLifetime
{
    private const string Grace = "user_2LocalMemberGrace0000000001";

    private readonly TestClock _clock = new(TimeProvider.System.GetUtcNow());
    private readonly HttpClient _http = new();
    private readonly WebApplication _local = LocalClerk.Build(
        [],
        configuration => configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]),
        services => services.AddLogging(logging => logging.ClearProviders()));

    private ClerkBackendClient _clerk = null!;
    private TokenVerifier _verifier = null!;

    public async ValueTask InitializeAsync()
    {
        await _local.StartAsync();
        _clerk = new ClerkBackendClient(
            _http, Options.Create(new ClerkOptions { ApiUrl = _local.Urls.Single(), SecretKey = "sk_test_gatehouse_local" }));
        var issuer = new TokenIssuer("https://gatehouse-local-1.clerk.accounts.dev", new FixedKeySource(new KeySet()))
        {
            OpaqueTokens = new ClerkOpaqueTokenSource(_clerk, time: _clock),
        };
        _verifier = new TokenVerifier([issuer], _clock);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _local.DisposeAsync();
    }

    [Fact]
    [Proves("G26")]
    public async Task Api_key_lives_from_creation_to_deletion()
    {
        var stop = CancellationToken.None;
        var made = await _clerk.ApiKeys.CreateAsync(Key, stop);
        Assert.Equal(made.Secret, await _clerk.ApiKeys.GetSecretAsync(made.Id, stop));
        Assert.Equal(made.Id, (await _clerk.ApiKeys.VerifyAsync(made.Secret!, stop))?.Id);
        var filter = new ApiKeyFilter { Subject = Grace };
        Assert.Contains(made.Id, await _clerk.ApiKeys.ListAsync(filter).Select(key => key.Id).ToArrayAsync());

        var changed = await _clerk.ApiKeys.UpdateAsync(made.Id, new UpdateApiKeyRequest { Description = "for the build", Scopes = ["a", "b"] }, stop);
        Assert.Equal(("for the build", "a b", Grace), (changed.Description, string.Join(' ', changed.Scopes), changed.Subject));
        var revoked = await _clerk.ApiKeys.RevokeAsync(made.Id, "lost", stop);
        Assert.Equal((true, "lost"), (revoked.Revoked, revoked.RevocationReason));
        Assert.Null(await _clerk.ApiKeys.VerifyAsync(made.Secret!, stop));

        await _clerk.ApiKeys.DeleteAsync(made.Id, stop);
        var thrown = await Assert.ThrowsAsync<ClerkApiException>(() => _clerk.ApiKeys.GetAsync(made.Id, stop));
        Assert.Equal(ClerkFailure.NotFound, thrown.Failure);
    }

    [Fact]
    [Proves("G26")]
    public async Task Api_key_enters_until_it_is_revoked_and_a_minute_longer_at_most()
    {
        var made = await _clerk.ApiKeys.CreateAsync(Key, CancellationToken.None);
        var claims = (await VerifyAsync(made.Secret!)).Claims!;
        Assert.Equal((TokenClass.ApiKey, Grace, "read:items", made.Id), (claims.Class, claims.Subject, Assert.Single(claims.Scopes), claims.TokenId));

        await _clerk.ApiKeys.RevokeAsync(made.Id, "lost", CancellationToken.None);
        _clock.AdvanceSeconds(60);

        Assert.Equal(TokenFailure.Unknown, (await VerifyAsync(made.Secret!)).Failure);
    }

    [Fact]
    public async Task Access_token_enters_as_its_user_with_its_scopes()
    {
        var application = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"{_local.Urls.Single()}/v1/oauth_applications")
        {
            Headers = { { "Authorization", "Bearer sk_test_gatehouse_local" } },
            Content = JsonContent.Create(new JsonObject { ["name"] = "mine", ["redirect_uris"] = new JsonArray("https://app.example/back") }),
        });
        var client = (await application.Content.ReadFromJsonAsync<JsonObject>())!["client_id"]!.GetValue<string>();
        var minted = await _http.PostAsJsonAsync(
            $"{_local.Urls.Single()}/_local/oauth_access_tokens",
            new JsonObject { ["user"] = Grace, ["client_id"] = client, ["scopes"] = new JsonArray("email"), ["format"] = "opaque" });
        var token = (await minted.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!.GetValue<string>();

        var claims = (await VerifyAsync(token)).Claims!;

        Assert.Equal(
            (TokenClass.OAuth, Grace, "email", client),
            (claims.Class, claims.Subject, Assert.Single(claims.Scopes), claims.FindText("client_id")));
    }

    private static CreateApiKeyRequest Key { get; } = new()
    {
        Name = "ci key",
        Subject = Grace,
        Scopes = ["read:items"],
        Claims = new JsonObject { ["role"] = "admin" },
    };

    private Task<TokenResult> VerifyAsync(string token) => _verifier
        .VerifyAsync(token, new Entrance { Classes = TokenClass.ApiKey | TokenClass.OAuth }, CancellationToken.None)
        .AsTask();
}
