using System.Net;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Tests;

/// <summary>Two Clerk instances in one process: the main one, and one that is added by a line and its section of the configuration.</summary>
public sealed class InstanceTests
{
    private const string Section = "Gatehouse:Instances:second:";

    private readonly TestClock _clock = new();

    [Theory]
    [InlineData("session")]
    [InlineData("template")]
    [InlineData("m2m")]
    public async Task Tokens_of_each_instance_are_refused_at_the_others_door_seen_or_not(string kind)
    {
        var second = new TokenForge(_clock, instance: 2);
        await using var app = await StartAsync(second);
        (string Path, string Token) main = ("/free", Make(app.Forge)), other = ("/second", Make(second));

        for (var round = 0; round < 2; round++)
        {
            Assert.Equal((200, null), await AskAsync(app, main.Path, main.Token));
            Assert.Equal((401, "issuer"), await AskAsync(app, other.Path, main.Token));
            Assert.Equal((200, null), await AskAsync(app, other.Path, other.Token));
            Assert.Equal((401, "issuer"), await AskAsync(app, main.Path, other.Token));
            Assert.Equal((200, null), await AskAsync(app, "/both", main.Token));
            Assert.Equal((200, null), await AskAsync(app, "/both", other.Token));
        }

        string Make(TokenForge forge) => kind switch
        {
            "session" => forge.Session(claims => claims["role"] = "reader"),
            "template" => forge.Template(claims => (claims["role"], claims["service"]) = ("reader", "aither")),
            _ => forge.M2M(),
        };
    }

    [Fact]
    public async Task A_name_of_the_other_instance_in_a_token_does_not_lead_to_its_keys()
    {
        var second = new TokenForge(_clock, instance: 2);
        await using var app = await StartAsync(second);
        var (inMainsName, withMainsKeyId) = (
            second.Session(claims => claims["iss"] = app.Forge.IssuerName),
            second.Session(claims => claims["iss"] = app.Forge.IssuerName, header => header["kid"] = app.Forge.KeyId));

        // CLERK_JWT_KEY is one key, whatever id a token gives it: the signature is what it does not make good.
        foreach (var path in new[] { "/free", "/second", "/both" })
        {
            Assert.Equal((401, "signature"), await AskAsync(app, path, inMainsName));
            Assert.Equal((401, "signature"), await AskAsync(app, path, withMainsKeyId));
        }
    }

    [Fact]
    public async Task Keys_are_had_from_each_instance_with_its_own_secret_and_one_that_is_away_takes_none_of_the_other_along()
    {
        await using var first = await ClerkStub.StartAsync(new TokenForge(_clock));
        await using var second = await ClerkStub.StartAsync(new TokenForge(_clock, instance: 2));
        second.IsAway = true;
        await using var app = await StartAsync(first, second);

        Assert.Equal((200, null), await AskAsync(app, "/free", app.SessionOf("reader")));
        Assert.Equal((503, "keys-unavailable"), await AskAsync(app, "/second", second.Forge.Session()));
        second.IsAway = false;
        app.Clock.AdvanceSeconds(11);
        Assert.Equal((200, null), await AskAsync(app, "/second", second.Forge.Session(claims => claims["role"] = "reader")));

        Assert.All(first.Requests, request => Assert.Equal(("/v1/jwks", "sk_test_first"), request));
        Assert.All(second.Requests, request => Assert.Equal(("/v1/jwks", "sk_test_second"), request));
    }

    [Fact]
    public async Task An_opaque_token_is_asked_about_only_at_the_instances_that_its_entrance_takes()
    {
        await using var first = await ClerkStub.StartAsync(new TokenForge(_clock));
        await using var second = await ClerkStub.StartAsync(new TokenForge(_clock, instance: 2));
        first.ApiKeys.Add("ak_of_first");
        second.ApiKeys.Add("ak_of_second");
        await using var app = await StartAsync(first, second);

        Assert.Equal((200, null), await AskAsync(app, "/second", "ak_of_second"));
        Assert.Empty(first.Requests);
        Assert.Equal((401, "unknown"), await AskAsync(app, "/second", "ak_of_first"));
        Assert.Empty(first.Requests);
        Assert.Equal((401, "unknown"), await AskAsync(app, "/free", "ak_of_second"));
        Assert.Equal((200, null), await AskAsync(app, "/free", "ak_of_first"));
        Assert.Equal((200, null), await AskAsync(app, "/both", "ak_of_first"));
        Assert.Equal((200, null), await AskAsync(app, "/both", "ak_of_second"));

        Assert.Equal(2, first.Requests.Count);
        Assert.Equal(2, second.Requests.Count);
        Assert.All(first.Requests, request => Assert.Equal("sk_test_first", request.Secret));
        Assert.All(second.Requests, request => Assert.Equal("sk_test_second", request.Secret));
    }

    [Fact]
    public async Task A_persons_role_is_looked_up_at_the_instance_of_the_token()
    {
        await using var first = await ClerkStub.StartAsync(new TokenForge(_clock));
        await using var second = await ClerkStub.StartAsync(new TokenForge(_clock, instance: 2));
        second.Roles[TokenForge.UserId] = "reader";
        await using var app = await StartAsync(first, second);
        app.Roles.Known[TokenForge.UserId] = "nothing";

        Assert.Equal((200, null), await AskAsync(app, "/second", second.Forge.Session()));
        Assert.Equal(0, app.Roles.Calls);
        Assert.Equal((403, "forbidden"), await AskAsync(app, "/free", first.Forge.Session()));
        Assert.Equal(1, app.Roles.Calls);
    }

    [Fact]
    public async Task A_person_of_an_issuer_without_a_directory_here_has_no_role_of_somebody_elses()
    {
        var stranger = new TokenForge(_clock, instance: 3);
        await using var app = await EdgeApp.StartAsync(services: services => services.AddSingleton(stranger.Issuer));
        app.Roles.Known[TokenForge.UserId] = "admin";

        Assert.Equal((403, "forbidden"), await AskAsync(app, "/free", stranger.Session()));
        Assert.Equal(0, app.Roles.Calls);
    }

    [Fact]
    public async Task What_an_entrance_names_and_nobody_added_stops_the_start()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(
            new TokenForge(_clock, instance: 2), settings: [("Gatehouse:Entrances:second:Issuers:1", "third")]));
        Assert.Equal(
            "the entrance 'second' takes the tokens of 'third', which nobody has added (AddClerk, AddOpenIdConnectIssuer); "
            + "the issuers are https://test-1.clerk.accounts.dev, https://test-2.clerk.accounts.dev, main, second",
            refused.Message);
    }

    [Fact]
    public async Task One_instance_under_two_names_stops_the_start()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(new TokenForge(_clock)));
        Assert.Equal(
            "the issuer https://test-1.clerk.accounts.dev is configured 2 times: give each instance its own publishable key", refused.Message);
    }

    [Fact]
    public async Task A_fault_of_a_further_instance_names_its_section()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(
            new TokenForge(_clock, instance: 2), settings: [($"{Section}CLERK_SECRET_KEY", "no-secret")]));
        Assert.StartsWith("Gatehouse:Instances:second: ", Assert.Single(refused.Failures), StringComparison.Ordinal);
        Assert.Contains("CLERK_SECRET_KEY must be", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_published_keys_of_a_further_instance_do_not_start_outside_development()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(
            new TokenForge(_clock, instance: 2), settings: [($"{Section}CLERK_MACHINE_SECRET_KEY", "ak_gatehouse_local_aither"), ($"{Section}CLERK_API_URL", "http://127.0.0.1:1")]));
        Assert.Contains("anybody can sign with them", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("main")]
    [InlineData("a:b")]
    [InlineData(" ")]
    public void Names_that_would_be_mistaken_are_no_names(string name) =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddClerk(name));

    [Fact]
    public async Task Without_the_variables_of_its_section_an_instance_has_none_of_the_main_ones()
    {
        await using var app = await EdgeApp.StartAsync(
            services: services => services.AddClerk("second"), settings: [("CLERK_SECRET_KEY", "sk_test_of_main")]);
        var second = app.Services.GetRequiredService<IOptionsMonitor<Gatehouse.Clerk.ClerkOptions>>().Get("second");
        Assert.Equal((null, null, null, null), (second.SecretKey, second.PublishableKey, second.JwtKey, second.MachineSecretKey));
    }

    private static Task<EdgeApp> StartAsync(ClerkStub first, ClerkStub second) => StartAsync(
        second.Forge, [.. first.Settings("", "sk_test_first"), .. second.Settings(Section, "sk_test_second")]);

    private static Task<EdgeApp> StartAsync(TokenForge second, params (string Key, string? Value)[] settings) => EdgeApp.StartAsync(
        entrance => Take(entrance),
        gatehouse => gatehouse
            .AddEntrance("second", entrance => Take(entrance, "second"))
            .AddEntrance("both", entrance => Take(entrance, "main", "second")),
        services => services.AddClerk("second"),
        endpoints: app =>
        {
            app.MapGet("/second", () => "second").RequireEntrance("second").RequirePermission("read");
            app.MapGet("/both", () => "both").RequireEntrance("both").RequirePermission("read");
        },
        settings:
        [
            ($"Gatehouse:Machines:{TokenForge.MachineId}:Role", "reader"),
            ("Gatehouse:Scopes:read:0", "read"),
            ("Gatehouse:TemplateClaim", "service"),
            ($"{Section}CLERK_PUBLISHABLE_KEY", EdgeApp.PublishableKeyOf(second)),
            ($"{Section}CLERK_JWT_KEY", second.PublicPem),
            .. settings,
        ]);

    private static void Take(Gatehouse.AspNetCore.Authentication.EntranceOptions entrance, params string[] issuers)
    {
        entrance.Classes = TokenClass.Session | TokenClass.Template | TokenClass.M2M | TokenClass.ApiKey;
        entrance.TrustTemplateRole = true;
        foreach (var issuer in issuers)
        {
            entrance.Issuers.Add(issuer);
        }
    }

    private static async Task<(int Status, string? Code)> AskAsync(EdgeApp app, string path, string token)
    {
        using var response = await app.SendAsync(path, token);
        return ((int)response.StatusCode, response.StatusCode == HttpStatusCode.OK ? null : (await EntranceTests.ProblemAsync(response)).GetProperty("code").GetString());
    }
}
