using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using ShtetlZmanim.Tests.Support;

namespace ShtetlZmanim.Tests;

/// <summary>Tokens of every kind as a Clerk makes, verifies and revokes them.</summary>
public sealed class LocalClerkTests(Neighbours neighbours) : IClassFixture<Neighbours>
{
    private const string Error = "Invalid M2M token";

    [Theory]
    [Proves("Z1", "Z2", "Z12", "Z26")]
    [InlineData("jwt")]
    [InlineData("opaque")]
    public async Task A_machine_token_of_either_format_enters(string format)
    {
        using var machine = await CreateMachineAsync(LocalClerkDefaults.ShtetlZmanimMachineId);
        using var minted = await MintAsync(machine.RootElement.Text("secret_key"), format);
        using var response = await CallAsync(minted.RootElement.Text("token"));
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(machine.RootElement.Text("id"), (await response.JsonAsync()).Text("client_id"));
    }

    [Fact]
    [Proves("Z9", "Z11", "Z27")]
    public async Task An_opaque_token_that_was_revoked_or_is_for_another_or_made_up_is_refused()
    {
        using var machine = await CreateMachineAsync(LocalClerkDefaults.ShtetlZmanimMachineId);
        using var revoked = await MintAsync(machine.RootElement.Text("secret_key"), "opaque");
        using var revocation = await ClerkAsync($"/v1/m2m_tokens/{revoked.RootElement.Text("id")}/revoke", new JsonObject { ["revocation_reason"] = "lost" });
        using var foreign = await MintAsync(LocalClerkDefaults.AitherMachineSecret, "opaque");
        foreach (var token in (string[])[revoked.RootElement.Text("token"), foreign.RootElement.Text("token"), "mt_0123456789abcdef0123456789abcdef"])
        {
            using var response = await CallAsync(token);
            await response.RefusedAsync(401, "unknown", Error);
        }
    }

    [Fact]
    [Proves("Z10", "Z28", "Z33")]
    public async Task A_person_is_refused_with_and_without_metadata()
    {
        var tokens = new LocalClerkTokens();
        foreach (var person in (string[])["ada", "grace", "lin"])
        {
            using var response = await CallAsync(tokens.ForUser(person).Token!);
            await response.RefusedAsync(401, "class", "User tokens not accepted for external API");
        }
    }

    [Fact]
    [Proves("Z22")]
    public async Task An_API_key_with_the_scope_enters_one_without_it_is_403_and_a_revoked_one_401()
    {
        using var good = await CreateKeyAsync("zmanim:read");
        using var other = await CreateKeyAsync("other:read");
        using var revoked = await CreateKeyAsync("zmanim:read");
        using var revocation = await ClerkAsync($"/v1/api_keys/{revoked.RootElement.Text("id")}/revoke", new JsonObject { ["revocation_reason"] = "lost" });

        using var entered = await CallAsync(good.RootElement.Text("secret"));
        Assert.Equal(LocalClerkDefaults.GraceUserId, (await entered.JsonAsync()).Text("client_id"));
        using var forbidden = await CallAsync(other.RootElement.Text("secret"));
        await forbidden.RefusedAsync(403, "forbidden", "Forbidden");
        using var gone = await CallAsync(revoked.RootElement.Text("secret"));
        await gone.RefusedAsync(401, "unknown", Error);
    }

    private async Task<HttpResponseMessage> CallAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(neighbours.Shtetl, ShtetlHost.Health));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await neighbours.Client.SendAsync(request);
    }

    // Each test has machines of its own, because each machine has a limit.
    private Task<JsonDocument> CreateMachineAsync(string receiver) =>
        ClerkAsync("/v1/machines", new JsonObject { ["name"] = "somebody's", ["scoped_machines"] = new JsonArray(receiver) });

    private Task<JsonDocument> CreateKeyAsync(string scope) => ClerkAsync(
        "/v1/api_keys", new JsonObject { ["name"] = "somebody's", ["subject"] = LocalClerkDefaults.GraceUserId, ["scopes"] = new JsonArray(scope) });

    private Task<JsonDocument> MintAsync(string secret, string format) =>
        ClerkAsync("/v1/m2m_tokens", new JsonObject { ["token_format"] = format, ["seconds_until_expiration"] = 900 }, secret);

    private async Task<JsonDocument> ClerkAsync(string path, JsonObject body, string secret = LocalClerkDefaults.SecretKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(neighbours.Clerk, path)) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        using var response = await neighbours.Client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync());
    }
}
