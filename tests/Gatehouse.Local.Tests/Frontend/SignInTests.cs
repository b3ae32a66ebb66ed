using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Local.Tests.Frontend;

public sealed class SignInTests
{
    private const string Grace = "grace+clerk_test@example.com";
    private const string Password = LocalClerkDefaults.Password;

    [Fact]
    public async Task Password_given_at_once_signs_in_and_brings_the_session_along()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);

        var answer = await browser.PostAsync("/client/sign_ins", ("identifier", Grace), ("password", Password), ("locale", "en"));

        var (signIn, client) = (answer.Json["response"]!, answer.Json["client"]!);
        Assert.Equal("complete", (string?)signIn["status"]);
        Assert.Null(client["sign_in"]);
        Assert.Equal("password", (string?)client["last_authentication_strategy"]);
        var session = Assert.Single(client["sessions"]!.AsArray())!;
        Assert.Equal((string?)signIn["created_session_id"], (string?)session["id"]);
        Assert.Equal((string?)session["id"], (string?)client["last_active_session_id"]);
        Assert.Equal(LocalClerkDefaults.GraceUserId, (string?)session["user"]!["id"]);
        Assert.Null(session["user"]!["private_metadata"]);
        Assert.Equal("org:member", (string?)session["user"]!["organization_memberships"]![0]!["role"]);
        Assert.Null(session["user"]!["organization_memberships"]![0]!["organization"]!["private_metadata"]);
        var token = await ReadToken.VerifiedAsync(clerk, (string)session["last_active_token"]!["jwt"]!);
        Assert.Equal(TestBrowser.Page, token.Text("azp"));
        Assert.Equal("active", (await clerk.GetAsync($"/v1/sessions/{session["id"]}")).Text("status"));
    }

    [Fact]
    public async Task Factors_are_told_before_they_are_asked_for()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);

        var signIn = (await browser.PostAsync("/client/sign_ins", ("identifier", Grace))).Json["response"]!;

        Assert.Equal("needs_first_factor", (string?)signIn["status"]);
        Assert.Equal(
            ["password", "email_code", "email_link", "reset_password_email_code"],
            signIn["supported_first_factors"]!.AsArray().Select(factor => (string?)factor!["strategy"]));
        Assert.Equal("Grace", (string?)signIn["user_data"]!["first_name"]);
        var read = await browser.GetAsync($"/client/sign_ins/{signIn["id"]}");
        Assert.Equal((string?)signIn["id"], (string?)read.Json["response"]!["id"]);
        Assert.Equal((string?)signIn["id"], (string?)read.Json["client"]!["sign_in"]!["id"]);   // who polls it learns of the session too
    }

    [Fact]
    public async Task Code_is_tried_three_times_and_for_ten_minutes()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var id = await BeginAsync(browser);
        string attempt = $"/client/sign_ins/{id}/attempt_first_factor", prepare = $"/client/sign_ins/{id}/prepare_first_factor";
        var (right, wrong) = (new[] { ("strategy", "email_code"), ("code", "424242") }, new[] { ("strategy", "email_code"), ("code", "111111") });

        Assert.Equal("verification_missing", (await browser.PostAsync(attempt, right)).Code);
        await browser.PostAsync(prepare, ("strategy", "email_code"));
        var refused = await browser.PostAsync(attempt, wrong);
        Assert.Equal((422, "form_code_incorrect", "code"), (refused.Status, refused.Code, refused.Parameter));
        Assert.Equal(1, (int)refused.Json["meta"]!["client"]!["sign_in"]!["first_factor_verification"]!["attempts"]!);
        await browser.PostAsync(attempt, wrong);
        await browser.PostAsync(attempt, wrong);
        Assert.Equal("verification_failed", (await browser.PostAsync(attempt, right)).Code);

        await browser.PostAsync(prepare, ("strategy", "email_code"));
        clerk.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("verification_expired", (await browser.PostAsync(attempt, right)).Code);

        await browser.PostAsync(prepare, ("strategy", "email_code"));
        Assert.Equal("complete", (string?)(await browser.PostAsync(attempt, right)).Json["response"]!["status"]);
    }

    [Theory]
    [InlineData("identifier=nobody@example.com", 422, "form_identifier_not_found", "identifier")]
    [InlineData("identifier=grace%2Bclerk_test@example.com&password=wrong", 422, "form_password_incorrect", "password")]
    [InlineData("identifier=grace%2Bclerk_test@example.com&password=", 422, "form_param_nil", "password")]
    [InlineData("identifier=grace%2Bclerk_test@example.com&strategy=oauth_google", 400, "strategy_for_user_invalid", "strategy")]
    [InlineData("strategy=ticket", 422, "form_param_missing", "ticket")]
    [InlineData("strategy=ticket&ticket=nonsense", 400, "ticket_invalid_code", "ticket")]
    public async Task Attempts_are_refused_in_Clerks_words(string form, int status, string code, string parameter)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var fields = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(form).Select(field => (field.Key, field.Value.ToString()));

        var answer = await browser.PostAsync("/client/sign_ins", [.. fields]);

        Assert.Equal((status, code, parameter), (answer.Status, answer.Code, answer.Parameter));
    }

    [Theory]
    [InlineData("ban", "user_banned")]
    [InlineData("lock", "user_locked")]
    public async Task Who_may_not_sign_in_is_told_so(string action, string code)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        await clerk.PostAsync($"/v1/users/{LocalClerkDefaults.GraceUserId}/{action}");

        var answer = await browser.PostAsync("/client/sign_ins", ("identifier", Grace), ("password", Password));

        Assert.Equal((403, code), (answer.Status, answer.Code));
        Assert.Empty(answer.Json["meta"]!["client"]!["sessions"]!.AsArray());
    }

    [Fact]
    public async Task Only_one_can_be_signed_in_at_a_time()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        Assert.Equal("session_exists", (await browser.PostAsync("/client/sign_ins", ("identifier", Grace), ("password", Password))).Code);
        Assert.Equal("session_exists", (await browser.PostAsync("/client/sign_ups", ("email_address", "new@example.com"))).Code);
    }

    [Fact]
    public async Task Forgotten_password_is_replaced_on_the_way_in()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var id = await BeginAsync(browser);

        Assert.Equal("client_state_invalid", (await browser.PostAsync($"/client/sign_ins/{id}/reset_password", ("password", "long enough"))).Code);
        await browser.PostAsync($"/client/sign_ins/{id}/prepare_first_factor", ("strategy", "reset_password_email_code"));
        var proved = await browser.PostAsync(
            $"/client/sign_ins/{id}/attempt_first_factor", ("strategy", "reset_password_email_code"), ("code", "424242"));
        Assert.Equal("needs_new_password", (string?)proved.Json["response"]!["status"]);
        Assert.Equal("form_password_length_too_short", (await browser.PostAsync($"/client/sign_ins/{id}/reset_password", ("password", "short"))).Code);
        var done = await browser.PostAsync($"/client/sign_ins/{id}/reset_password", ("password", "long enough"));

        Assert.Equal("complete", (string?)done.Json["response"]!["status"]);
        var verify = new JsonObject { ["password"] = "long enough" };
        Assert.Equal(200, (await clerk.PostAsync($"/v1/users/{LocalClerkDefaults.GraceUserId}/verify_password", verify)).Status);
    }

    [Fact]
    public async Task Password_that_others_know_must_be_replaced()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        await clerk.PostAsync($"/v1/users/{LocalClerkDefaults.GraceUserId}/password/set_compromised");

        var refused = await browser.PostAsync("/client/sign_ins", ("identifier", Grace), ("password", Password));
        Assert.Equal((422, "form_password_compromised", "password"), (refused.Status, refused.Code, refused.Parameter));
        var id = await BeginAsync(browser);
        await browser.PostAsync($"/client/sign_ins/{id}/prepare_first_factor", ("strategy", "email_code"));
        var asked = await browser.PostAsync($"/client/sign_ins/{id}/attempt_first_factor", ("strategy", "email_code"), ("code", "424242"));
        Assert.Equal("needs_new_password", (string?)asked.Json["response"]!["status"]);
        var done = await browser.PostAsync($"/client/sign_ins/{id}/reset_password", ("password", "a better one"));

        Assert.Equal("complete", (string?)done.Json["response"]!["status"]);
    }

    [Theory]
    [InlineData("/password/unset_compromised")]
    [InlineData("/password/set_compromised", "/remove_password")]
    public async Task Password_that_is_safe_again_or_gone_is_not_asked_to_be_replaced(params string[] changes)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        foreach (var change in changes.Prepend("/password/set_compromised"))
        {
            Assert.Equal(200, (await clerk.PostAsync($"/v1/users/{LocalClerkDefaults.GraceUserId}{change}")).Status);
        }

        var id = await BeginAsync(browser);
        await browser.PostAsync($"/client/sign_ins/{id}/prepare_first_factor", ("strategy", "email_code"));
        var done = await browser.PostAsync($"/client/sign_ins/{id}/attempt_first_factor", ("strategy", "email_code"), ("code", "424242"));

        Assert.Equal("complete", (string?)done.Json["response"]!["status"]);
    }

    [Fact]
    public async Task Second_factor_is_asked_for_and_shows_in_the_token()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var set = new JsonObject { ["totp_secret"] = "JBSWY3DPEHPK3PXP", ["backup_codes"] = new JsonArray("only-once") };
        Assert.Equal(200, (await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{LocalClerkDefaults.GraceUserId}", set)).Status);

        var asked = await browser.PostAsync("/client/sign_ins", ("identifier", Grace), ("password", Password));
        Assert.Equal("needs_second_factor", (string?)asked.Json["response"]!["status"]);
        Assert.Empty(asked.Json["client"]!["sessions"]!.AsArray());
        var attempt = $"/client/sign_ins/{asked.Json["response"]!["id"]}/attempt_second_factor";
        Assert.Equal("form_code_incorrect", (await browser.PostAsync(attempt, ("strategy", "totp"), ("code", "000000"))).Code);
        Assert.Equal("strategy_for_user_invalid", (await browser.PostAsync(attempt, ("strategy", "phone_code"), ("code", "424242"))).Code);
        var done = await browser.PostAsync(attempt, ("strategy", "backup_code"), ("code", "only-once"));

        browser.SessionId = (string)done.Json["response"]!["created_session_id"]!;
        clerk.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal("[3,3]", (await browser.TokenAsync(clerk)).Claims["fva"]!.ToJsonString());
    }

    [Fact]
    public async Task Ticket_of_a_sign_in_token_signs_in_once_and_into_its_organization()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var token = await clerk.PostAsync("/v1/sign_in_tokens", new JsonObject
        {
            ["user_id"] = LocalClerkDefaults.GraceUserId,
            ["org_id"] = LocalClerkDefaults.KryptonOrganizationId,
        });

        var done = await browser.PostAsync("/client/sign_ins", ("strategy", "ticket"), ("ticket", token.Text("token")));
        browser.SessionId = (string)done.Json["response"]!["created_session_id"]!;
        Assert.Equal(LocalClerkDefaults.KryptonOrganizationId, (string?)(await browser.TokenAsync(clerk)).Claims["o"]!["id"]);
        await browser.DeleteAsync("/client/sessions");
        Assert.Equal("ticket_invalid_code", (await browser.PostAsync("/client/sign_ins", ("strategy", "ticket"), ("ticket", token.Text("token")))).Code);
    }

    [Fact]
    public async Task Ticket_that_came_too_late_is_refused()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var body = new JsonObject { ["user_id"] = LocalClerkDefaults.GraceUserId, ["expires_in_seconds"] = 60 };
        var ticket = (await clerk.PostAsync("/v1/sign_in_tokens", body)).Text("token");

        clerk.Clock.AdvanceSeconds(60);

        Assert.Equal("ticket_expired_code", (await browser.PostAsync("/client/sign_ins", ("strategy", "ticket"), ("ticket", ticket))).Code);
    }

    [Fact]
    public async Task Ticket_of_an_actor_token_names_the_actor_and_ends_early()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var token = await clerk.PostAsync("/v1/actor_tokens", new JsonObject
        {
            ["user_id"] = LocalClerkDefaults.GraceUserId,
            ["actor"] = new JsonObject { ["sub"] = LocalClerkDefaults.AdaUserId },
            ["session_max_duration_in_seconds"] = 120,
        });

        var done = await browser.PostAsync("/client/sign_ins", ("strategy", "ticket"), ("ticket", token.Text("token")));
        browser.SessionId = (string)done.Json["response"]!["created_session_id"]!;

        var claims = (await browser.TokenAsync(clerk)).Claims;
        Assert.Equal(LocalClerkDefaults.GraceUserId, (string?)claims["sub"]);
        Assert.Equal(LocalClerkDefaults.AdaUserId, (string?)claims["act"]!["sub"]);
        Assert.Equal(LocalClerkDefaults.AdaUserId, (string?)(await clerk.GetAsync($"/v1/sessions/{browser.SessionId}")).Json["actor"]!["sub"]);
        clerk.Clock.AdvanceSeconds(120);
        Assert.Equal(401, (await browser.PostAsync($"/client/sessions/{browser.SessionId}/tokens")).Status);
    }

    private static async Task<string> BeginAsync(TestBrowser browser) =>
        (string)(await browser.PostAsync("/client/sign_ins", ("identifier", Grace))).Json["response"]!["id"]!;
}
