using System.Net;
using Gatehouse.Testbed;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Tests;

public sealed class PermissionTests
{
    [Theory]
    [InlineData("admin", "/free", 200)]
    [InlineData("reader", "/free", 200)]
    [InlineData("Admin", "/free", 403)]
    [InlineData("unknown", "/free", 403)]
    [Proves("A29", "A31", "A32")]
    public async Task The_role_in_a_session_token_decides(string role, string path, int status)
    {
        await using var app = await EdgeApp.StartAsync();
        using var response = await app.SendAsync(path, app.SessionOf(role));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(0, app.Roles.Calls);
    }

    [Theory]
    [InlineData("admin", 200)]
    [InlineData("reader", 403)]
    public async Task Of_several_demands_all_must_be_met(string role, int status)
    {
        await using var app = await EdgeApp.StartAsync();
        using var response = await app.SendAsync("/api/write", app.SessionOf(role), HttpMethod.Post);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    [Proves("A42")]
    public async Task No_other_spelling_of_the_path_leads_around_the_demand()
    {
        await using var app = await EdgeApp.StartAsync();
        foreach (var path in (string[])["/free", "/FREE", "/free/", "//free", "/./free", "/x/../free", "/%66ree", "/free?a=/open", "/free;x", "/free%2f"])
        {
            // Sent as it stands: the client would tidy up the path.
            var address = new Uri(
                app.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) + path,
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Authorization = new("Bearer", app.SessionOf("unknown"));
            using var response = await app.Client.SendAsync(request);
            Assert.True(response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{path}: {response.StatusCode}");
        }
    }

    [Theory]
    [InlineData("admin", 200)]
    [InlineData("unknown", 403)]
    [InlineData(null, 401)]
    public async Task The_attribute_asks_the_same_judge_as_the_gate(string? role, int status)
    {
        await using var app = await EdgeApp.StartAsync();
        foreach (var path in (string[])["/free", "/attribute"])
        {
            using var response = await app.SendAsync(path, role is null ? null : app.SessionOf(role));
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal(status == 200 ? null : "application/problem+json", status == 200 ? null : response.Content.Headers.ContentType?.ToString());
        }
    }

    [Theory]
    [InlineData("unknown", 403)]
    [InlineData(null, 401)]
    public async Task The_demand_holds_even_where_the_middleware_was_forgotten(string? role, int status)
    {
        await using var app = await EdgeApp.StartAsync(pipeline: false);
        using var response = await app.SendAsync("/free", role is null ? null : app.SessionOf(role));
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_forbidden_caller_is_told_403_and_no_role()
    {
        await using var app = await EdgeApp.StartAsync();
        using var response = await app.SendAsync("/free", app.SessionOf("unknown"));
        var problem = await EntranceTests.ProblemAsync(response);
        Assert.Equal("forbidden", problem.GetProperty("code").GetString());
        Assert.Equal("Forbidden", problem.GetProperty("title").GetString());
        Assert.Contains("insufficient_scope", response.Headers.WwwAuthenticate.Single().ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"role":"admin"}""")]
    [InlineData("""{"metadata":{"role":"admin"}}""")]
    [InlineData("""{"o":{"id":"org_1","rol":"admin","per":"read","fpm":"1"},"v":2,"fea":"o:x"}""")]
    [InlineData("""{"org_id":"org_1","org_role":"org:admin","org_permissions":["read"]}""")]
    public async Task A_machine_that_gives_itself_a_role_gains_nothing(string claims)
    {
        await using var app = await EdgeApp.StartAsync();
        var token = app.Forge.M2M(payload =>
        {
            foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(claims)!.AsObject())
            {
                payload[name] = value?.DeepClone();
            }
        });
        using var response = await app.SendAsync("/free", token);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(0, app.Roles.Calls);
    }

    [Fact]
    public async Task A_machine_has_the_role_that_its_receiver_gives_it()
    {
        await using var app = await EdgeApp.StartAsync(settings: [($"Gatehouse:Machines:{TokenForge.MachineId}:Role", "reader")]);
        using var response = await app.SendAsync("/free", app.Forge.M2M());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_machine_token_for_another_receiver_is_refused()
    {
        await using var app = await EdgeApp.StartAsync();
        using var response = await app.SendAsync("/free", app.Forge.M2M(claims => claims["scopes"] = "mch_somebody_else"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("scope", (await EntranceTests.ProblemAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    [Proves("A23")]
    public async Task A_session_without_a_role_is_looked_up_once_in_five_minutes()
    {
        await using var app = await EdgeApp.StartAsync();
        app.Roles.Known[TokenForge.UserId] = "reader";
        for (var call = 0; call < 3; call++)
        {
            using var response = await app.SendAsync("/free", app.SessionOf(role: null));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.Equal(1, app.Roles.Calls);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        using var later = await app.SendAsync("/free", app.SessionOf(role: null));
        Assert.Equal(2, app.Roles.Calls);
    }

    [Fact]
    [Proves("A23")]
    public async Task Through_an_outage_of_the_directory_the_last_known_role_serves_and_strangers_get_503()
    {
        await using var app = await EdgeApp.StartAsync();
        app.Roles.Known[TokenForge.UserId] = "reader";
        using var before = await app.SendAsync("/free", app.SessionOf(role: null));
        app.Roles.IsAway = true;
        app.Clock.Advance(TimeSpan.FromMinutes(6));

        using var known = await app.SendAsync("/free", app.SessionOf(role: null));
        using var stranger = await app.SendAsync("/free", app.SessionOf(role: null, Some.UserId()));
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, stranger.StatusCode);
        Assert.Equal("5", stranger.Headers.RetryAfter!.ToString());
        Assert.Contains(app.Log.Lines, line => line.Text.StartsWith("Failed to get user role:", StringComparison.Ordinal));

        app.Clock.Advance(TimeSpan.FromMinutes(61));
        using var tooLong = await app.SendAsync("/free", app.SessionOf(role: null));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, tooLong.StatusCode);

        app.Roles.IsAway = false;
        app.Clock.AdvanceSeconds(3);
        using var after = await app.SendAsync("/free", app.SessionOf(role: null));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task An_outage_of_the_directory_is_said_once_for_all_users_and_once_when_it_is_over()
    {
        await using var app = await EdgeApp.StartAsync();
        app.Roles.IsAway = true;
        for (var user = 0; user < 20; user++)
        {
            using var refused = await app.SendAsync("/free", app.SessionOf(role: null, $"user_{user}"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        Assert.Equal(1, app.Roles.Calls);
        for (var later = 0; later < 5; later++)
        {
            app.Clock.AdvanceSeconds(2);
            using var first = await app.SendAsync("/free", app.SessionOf(role: null, $"user_{later}"));
            using var second = await app.SendAsync("/free", app.SessionOf(role: null, $"user_{later + 1}"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, first.StatusCode);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        }

        Assert.Equal(6, app.Roles.Calls);
        app.Roles.IsAway = false;
        app.Clock.AdvanceSeconds(2);
        for (var user = 0; user < 20; user++)
        {
            using var known = await app.SendAsync("/free", app.SessionOf(role: null, $"user_{user}"));
            Assert.Equal(HttpStatusCode.Forbidden, known.StatusCode);
        }

        Assert.Equal(
            [LogLevel.Error, LogLevel.Information],
            app.Log.Lines.Where(line => line.Text.Contains("get user role", StringComparison.Ordinal) || line.Text.StartsWith("Roles of users", StringComparison.Ordinal))
                .Select(line => line.Level));
    }

    [Fact]
    public async Task A_user_about_whom_the_directory_refuses_to_answer_takes_it_from_nobody_else()
    {
        await using var app = await EdgeApp.StartAsync();
        app.Roles.Known[TokenForge.UserId] = "reader";
        app.Roles.Rejected = "user_odd";
        using var odd = await app.SendAsync("/free", app.SessionOf(role: null, "user_odd"));
        using var other = await app.SendAsync("/free", app.SessionOf(role: null));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, odd.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_template_token_is_looked_up_unless_its_role_is_trusted()
    {
        await using var untrusting = await EdgeApp.StartAsync();
        using var refused = await untrusting.SendAsync("/free", untrusting.Forge.Template(claims => claims["role"] = "admin"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(1, untrusting.Roles.Calls);

        await using var trusting = await EdgeApp.StartAsync(entrance => (entrance.TrustTemplateRole, entrance.TemplateClaim) = (true, "service"));
        using var admitted = await trusting.SendAsync("/free", trusting.Forge.Template(claims => (claims["role"], claims["service"]) = ("admin", "aither")));
        using var another = await trusting.SendAsync("/free", trusting.Forge.Template(claims => claims["role"] = "admin"));
        Assert.Equal(HttpStatusCode.OK, admitted.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, another.StatusCode);
    }
}
