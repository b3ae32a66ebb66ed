using System.Net;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.AspNetCore.Tests;

public sealed class ScopeTests
{
    [Theory]
    [InlineData("items:read", 200)]
    [InlineData("items", 403)]
    [InlineData("read", 403)]
    [InlineData("admin", 403)]
    public async Task An_API_key_may_do_what_the_receiver_lets_its_scopes_do(string scope, int status)
    {
        await using var app = await StartAsync(scope);
        using var response = await app.SendAsync("/free", "ak_secret");
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(0, app.Roles.Calls);
    }

    [Fact]
    public async Task An_API_key_is_refused_where_keys_are_not_taken()
    {
        await using var app = await EdgeApp.StartAsync();
        using var response = await app.SendAsync("/free", "ak_secret");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("class", (await EntranceTests.ProblemAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_OAuth_token_may_do_what_its_scopes_may()
    {
        await using var app = await StartAsync("unused");
        using var granted = await app.SendAsync("/free", app.Forge.OAuth(claims => claims["scope"] = "profile items:read"));
        using var refused = await app.SendAsync("/free", app.Forge.OAuth(claims => (claims["scope"], claims["role"]) = ("profile", "admin")));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (granted.StatusCode, refused.StatusCode));
    }

    [Theory]
    [InlineData("items:read", 200)]
    [InlineData("items:write", 403)]
    [InlineData("read", 403)]
    public async Task Where_people_need_no_permission_a_key_needs_it_by_its_scopes(string scope, int status)
    {
        await using var app = await StartAsync(scope);
        using var key = await app.SendAsync("/own", "ak_secret");
        Assert.Equal(status, (int)key.StatusCode);
        using var person = await app.SendAsync("/own", app.SessionOf("a role that is not in the catalog"));
        using var application = await app.SendAsync("/own", app.Forge.OAuth(claims => claims["scope"] = scope));
        using var stranger = await app.SendAsync("/own");
        Assert.Equal((200, status, 401), ((int)person.StatusCode, (int)application.StatusCode, (int)stranger.StatusCode));
    }

    [Fact]
    public async Task A_machine_has_no_scopes_whatever_its_token_calls_its_receivers()
    {
        await using var app = await EdgeApp.StartAsync(settings: [($"Gatehouse:Scopes:{TokenForge.ReceiverId}:0", "read")]);
        using var response = await app.SendAsync("/own", app.Forge.M2M());
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task What_code_grants_to_a_scope_the_configuration_can_replace()
    {
        await using var granted = await StartAsync("things:read", gatehouse => gatehouse.AddScope("things:read", "read"));
        using var allowed = await granted.SendAsync("/own", "ak_secret");
        await using var replaced = await StartAsync("items:write", gatehouse => gatehouse.AddScope("items:write", "read"));
        using var refused = await replaced.SendAsync("/own", "ak_secret");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (allowed.StatusCode, refused.StatusCode));
    }

    private static Task<EdgeApp> StartAsync(string scope, Action<GatehouseBuilder>? gatehouse = null) => EdgeApp.StartAsync(
        entrance => entrance.Classes = TokenClass.Session | TokenClass.ApiKey | TokenClass.OAuth,
        gatehouse,
        services: services => services.AddSingleton<IOpaqueTokenSource>(new Word(scope)),
        settings: [("Gatehouse:Scopes:items:read:0", "read"), ("Gatehouse:Scopes:items:write:0", "write")]);

    private sealed class Word(string scope) : IOpaqueTokenSource
    {
        public ValueTask<OpaqueLookup> FindAsync(string token, TokenClass tokenClass, CancellationToken cancellationToken) =>
            ValueTask.FromResult(OpaqueLookup.Of(new OpaqueToken { Class = tokenClass, Id = "ak_1", Subject = TokenForge.UserId, Scopes = [scope] }));
    }
}
