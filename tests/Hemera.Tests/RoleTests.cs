using Gatehouse.Testbed;
using Hemera.Access;

namespace Hemera.Tests;

public sealed class RoleTests
{
    private static readonly string[] ForServices = ["read:courses", "read:bookings", "read:participations", "write:participation-results"];

    [Fact]
    [Proves("A24", "A25", "A26")]
    public void There_are_four_roles_and_admin_has_all_six_permissions()
    {
        Assert.Equal(["admin", "api-client", "instructor", "participant"], HemeraRoles.Permissions.Keys.Order());
        Assert.Equal([.. ForServices, "manage:courses", "manage:users"], HemeraRoles.Permissions["admin"]);
    }

    [Fact]
    [Proves("A27")]
    public void An_api_client_has_exactly_the_first_four() => Assert.Equal(ForServices, HemeraRoles.Permissions["api-client"]);

    [Fact]
    [Proves("A28")]
    public void An_instructor_writes_results_and_a_participant_reads_courses()
    {
        Assert.Equal(ForServices, HemeraRoles.Permissions["instructor"]);
        Assert.Equal(["read:courses"], HemeraRoles.Permissions["participant"]);
    }

    [Theory]
    [Proves("A29", "A31", "A32")]
    [InlineData("admin", 200, 200, 200, 200)]
    [InlineData("api-client", 200, 200, 200, 200)]
    [InlineData("instructor", 200, 200, 200, 200)]
    [InlineData("participant", 200, 200, 403, 403)]
    [InlineData("Admin", 403, 403, 403, 403)]
    [InlineData("owner", 403, 403, 403, 403)]
    [InlineData("", 403, 403, 403, 403)]
    [InlineData(null, 403, 403, 403, 403)]
    public async Task Each_role_may_do_what_it_is_for(string? role, int courses, int course, int participation, int result)
    {
        await using var hemera = await HemeraHost.StartAsync();
        var token = hemera.TokenOf(role);
        await ExpectAsync(hemera.GetAsync(HemeraHost.Courses, token), courses);
        await ExpectAsync(hemera.GetAsync(HemeraHost.Course, token), course);
        await ExpectAsync(hemera.GetAsync(HemeraHost.Participation, token), participation);
        await ExpectAsync(hemera.PutAsync(HemeraHost.Result, "{}", token), result);
        Assert.Empty(hemera.Log.Alarms);
    }

    [Fact]
    [Proves("A23")]
    public async Task The_role_of_a_token_without_one_is_looked_up_once()
    {
        await using var hemera = await HemeraHost.StartAsync();
        hemera.Roles.Known[TokenForge.UserId] = "api-client";
        await ExpectAsync(hemera.GetAsync(HemeraHost.Courses, hemera.TokenOf(null)), 200);
        await ExpectAsync(hemera.GetAsync(HemeraHost.Participation, hemera.TokenOf(null)), 200);
        Assert.Equal(1, hemera.Roles.Calls);
    }

    [Fact]
    [Proves("A23")]
    public async Task While_roles_cannot_be_looked_up_strangers_get_503_and_the_known_go_on()
    {
        await using var hemera = await HemeraHost.StartAsync();
        var stranger = Some.UserId();
        hemera.Roles.Known[TokenForge.UserId] = "api-client";
        await ExpectAsync(hemera.GetAsync(HemeraHost.Courses, hemera.TokenOf(null)), 200);

        hemera.Roles.IsAway = true;
        hemera.Clock.Advance(TimeSpan.FromMinutes(6));
        await ExpectAsync(hemera.GetAsync(HemeraHost.Courses, hemera.TokenOf(null)), 200);
        using var response = await hemera.GetAsync(HemeraHost.Courses, hemera.TokenOf(null, stranger));
        await response.RefusedAsync(503, "role-unavailable", "Internal server error");
        Assert.Equal("5", response.Header("Retry-After"));
        Assert.Contains(hemera.Log.Lines, line => line.Text.StartsWith("Failed to get user role:", StringComparison.Ordinal));

        hemera.Roles.IsAway = false;
        hemera.Roles.Known[stranger] = "participant";
        hemera.Clock.AdvanceSeconds(3);
        await ExpectAsync(hemera.GetAsync(HemeraHost.Courses, hemera.TokenOf(null, stranger)), 200);
    }

    [Fact]
    [Proves("A32")]
    public async Task A_machine_is_what_the_configuration_makes_it()
    {
        await using var hemera = await HemeraHost.StartAsync();
        await ExpectAsync(hemera.GetAsync(HemeraHost.Courses, hemera.Forge.M2M()), 200);
        await ExpectAsync(hemera.PutAsync(HemeraHost.Result, "{}", hemera.Forge.M2M()), 200);
    }

    [Fact]
    [Proves("A31")]
    public async Task A_machine_that_calls_itself_admin_gains_nothing()
    {
        await using var hemera = await HemeraHost.StartAsync();
        var token = hemera.Forge.M2M(claims =>
        {
            claims["sub"] = Some.MachineId();
            claims["role"] = "admin";
            claims["metadata"] = new System.Text.Json.Nodes.JsonObject { ["role"] = "admin" };
        });
        foreach (var path in (string[])[HemeraHost.Courses, HemeraHost.Course, HemeraHost.Participation])
        {
            using var response = await hemera.GetAsync(path, token);
            await response.RefusedAsync(403, "forbidden", "Forbidden");
        }

        Assert.Equal(0, hemera.Roles.Calls);
    }

    [Theory]
    [Proves("A51", "A52")]
    [InlineData("api-client", 200)]
    [InlineData("participant", 403)]
    [InlineData("nobody", 403)]
    public async Task A_service_users_template_token_brings_its_role(string role, int status)
    {
        await using var hemera = await HemeraHost.StartAsync();
        var token = hemera.Forge.Template(claims =>
        {
            claims["userId"] = TokenForge.UserId;
            claims["role"] = role;
            claims["service"] = "aither";
        });
        await ExpectAsync(hemera.GetAsync(HemeraHost.Participation, token), status);
    }

    private static async Task ExpectAsync(Task<HttpResponseMessage> sent, int status)
    {
        using var response = await sent;
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 403)
        {
            await response.RefusedAsync(403, "forbidden", "Forbidden");
        }
    }
}
