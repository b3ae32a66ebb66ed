using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Local.Tests.Frontend;

/// <summary>Signing in and up by what is sent to a phone.</summary>
public sealed class PhoneCodeTests
{
    private const string Number = "+12015550142";
    private const string Grace = "grace+clerk_test@example.com";

    [Fact]
    public async Task Code_sent_to_a_phone_signs_in_by_the_number_or_by_another_identifier()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var id = await PhoneAsync(clerk);
        foreach (var identifier in new[] { Number, Grace })
        {
            using var browser = await TestBrowser.StartAsync(clerk);
            var begun = (await browser.PostAsync("/client/sign_ins", ("identifier", identifier))).Json["response"]!;
            var factor = begun["supported_first_factors"]!.AsArray().Single(one => (string?)one!["strategy"] == "phone_code")!;
            Assert.Equal((id, Number, true), ((string?)factor["phone_number_id"], (string?)factor["safe_identifier"], (bool)factor["primary"]!));
            var path = $"/client/sign_ins/{begun["id"]}";
            var prepared = await browser.PostAsync($"{path}/prepare_first_factor", ("strategy", "phone_code"), ("phone_number_id", id));
            Assert.Equal("unverified", (string?)prepared.Json["response"]!["first_factor_verification"]!["status"]);
            Assert.Equal("form_code_incorrect", (await browser.PostAsync(
                $"{path}/attempt_first_factor", ("strategy", "phone_code"), ("code", "111111"))).Code);
            Assert.Equal("verification_missing", (await browser.PostAsync(
                $"{path}/attempt_first_factor", ("strategy", "email_code"), ("code", "424242"))).Code);
            var done = await browser.PostAsync($"{path}/attempt_first_factor", ("strategy", "phone_code"), ("code", "424242"));
            Assert.Equal("complete", (string?)done.Json["response"]!["status"]);
            Assert.Equal("phone_code", (string?)done.Json["client"]!["last_authentication_strategy"]);
        }
    }

    [Fact]
    public async Task Message_is_told_of_with_its_code_and_its_phone()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var id = await PhoneAsync(clerk);
        using var browser = await TestBrowser.StartAsync(clerk);
        var before = (await clerk.MessagesAsync()).Count;

        await browser.PostAsync("/client/sign_ins", ("strategy", "phone_code"), ("identifier", Number));

        var told = Assert.Single(await clerk.MessagesAsync(before))!["payload"]!;
        Assert.Equal("sms.created", (string?)told["type"]);
        Assert.Empty(Webhooks.EventShapes.Faults(told));
        Assert.Equal((Number, id, "424242", LocalClerkDefaults.GraceUserId), (
            (string?)told["data"]!["to_phone_number"], (string?)told["data"]!["phone_number_id"],
            (string?)told["data"]!["data"]!["otp_code"], (string?)told["data"]!["user_id"]));
    }

    [Fact]
    public async Task Number_that_is_not_proved_or_not_the_users_is_no_factor()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var unproved = await PhoneAsync(clerk, verified: false);
        var adas = await PhoneAsync(clerk, "+12015550143", LocalClerkDefaults.AdaUserId);
        using var browser = await TestBrowser.StartAsync(clerk);
        var begun = (await browser.PostAsync("/client/sign_ins", ("identifier", Grace))).Json["response"]!;

        Assert.DoesNotContain("phone_code", begun["supported_first_factors"]!.ToJsonString(), StringComparison.Ordinal);
        foreach (var id in new[] { unproved, adas, "idn_of_nobody" })
        {
            Assert.Equal("strategy_for_user_invalid", (await browser.PostAsync(
                $"/client/sign_ins/{begun["id"]}/prepare_first_factor", ("strategy", "phone_code"), ("phone_number_id", id))).Code);
        }
    }

    [Fact]
    public async Task Phone_kept_for_the_second_step_is_asked_for_there_and_not_before()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var id = await PhoneAsync(clerk);
        await clerk.SendAsync(HttpMethod.Patch, $"/v1/phone_numbers/{id}", new JsonObject { ["reserved_for_second_factor"] = true });
        using var browser = await TestBrowser.StartAsync(clerk);

        var asked = (await browser.PostAsync("/client/sign_ins", ("identifier", Grace), ("password", LocalClerkDefaults.Password))).Json["response"]!;
        Assert.Equal("needs_second_factor", (string?)asked["status"]);
        Assert.DoesNotContain("phone_code", asked["supported_first_factors"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal((id, true), ((string?)asked["supported_second_factors"]![0]!["phone_number_id"], (bool)asked["supported_second_factors"]![0]!["default"]!));
        var path = $"/client/sign_ins/{asked["id"]}";
        Assert.Equal("verification_missing", (await browser.PostAsync($"{path}/attempt_second_factor", ("strategy", "phone_code"), ("code", "424242"))).Code);
        var prepared = await browser.PostAsync($"{path}/prepare_second_factor", ("strategy", "phone_code"));
        Assert.Equal(("needs_second_factor", "unverified"), (
            (string?)prepared.Json["response"]!["status"], (string?)prepared.Json["response"]!["second_factor_verification"]!["status"]));
        Assert.Equal("form_code_incorrect", (await browser.PostAsync($"{path}/attempt_second_factor", ("strategy", "phone_code"), ("code", "0"))).Code);
        var done = await browser.PostAsync($"{path}/attempt_second_factor", ("strategy", "phone_code"), ("code", "424242"));

        Assert.Equal("complete", (string?)done.Json["response"]!["status"]);
        browser.SessionId = (string)done.Json["response"]!["created_session_id"]!;
        Assert.Equal("[0,0]", (await browser.TokenAsync(clerk)).Claims["fva"]!.ToJsonString());
    }

    [Fact]
    public async Task Second_factor_cannot_be_prepared_before_the_first_or_without_a_phone()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var begun = (await browser.PostAsync("/client/sign_ins", ("identifier", Grace))).Json["response"]!;
        Assert.Equal("client_state_invalid", (await browser.PostAsync(
            $"/client/sign_ins/{begun["id"]}/prepare_second_factor", ("strategy", "phone_code"))).Code);
        await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{LocalClerkDefaults.GraceUserId}", new JsonObject { ["totp_secret"] = "JBSWY3DPEHPK3PXP" });

        await browser.PostAsync($"/client/sign_ins/{begun["id"]}/attempt_first_factor", ("strategy", "password"), ("password", LocalClerkDefaults.Password));

        Assert.Equal("no_second_factors", (await browser.PostAsync(
            $"/client/sign_ins/{begun["id"]}/prepare_second_factor", ("strategy", "phone_code"))).Code);
        Assert.Equal("strategy_for_user_invalid", (await browser.PostAsync(
            $"/client/sign_ins/{begun["id"]}/prepare_second_factor", ("strategy", "totp"))).Code);
    }

    [Fact]
    public async Task Forgotten_password_is_replaced_by_way_of_the_phone()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await PhoneAsync(clerk);
        using var browser = await TestBrowser.StartAsync(clerk);

        var begun = (await browser.PostAsync("/client/sign_ins", ("strategy", "reset_password_phone_code"), ("identifier", Number))).Json["response"]!;
        var path = $"/client/sign_ins/{begun["id"]}";
        var proved = await browser.PostAsync($"{path}/attempt_first_factor", ("strategy", "reset_password_phone_code"), ("code", "424242"));
        Assert.Equal("needs_new_password", (string?)proved.Json["response"]!["status"]);
        var done = await browser.PostAsync($"{path}/reset_password", ("password", "a better one"));

        Assert.Equal("complete", (string?)done.Json["response"]!["status"]);
        Assert.True((bool)(await clerk.PostAsync(
            $"/v1/users/{LocalClerkDefaults.GraceUserId}/verify_password", new JsonObject { ["password"] = "a better one" })).Json["verified"]!);
    }

    [Fact]
    public async Task Somebody_signs_up_with_a_number_alone()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);

        var begun = (await browser.PostAsync("/client/sign_ups", ("phone_number", Number), ("password", "long enough"))).Json["response"]!;
        Assert.Equal(("missing_requirements", """["phone_number","password"]""", """["phone_number"]"""), (
            (string)begun["status"]!, begun["required_fields"]!.ToJsonString(), begun["unverified_fields"]!.ToJsonString()));
        Assert.Empty(begun["missing_fields"]!.AsArray());
        var path = $"/client/sign_ups/{begun["id"]}";
        Assert.Equal("strategy_for_user_invalid", (await browser.PostAsync($"{path}/prepare_verification", ("strategy", "email_code"))).Code);
        Assert.Equal("verification_missing", (await browser.PostAsync($"{path}/attempt_verification", ("strategy", "phone_code"), ("code", "424242"))).Code);
        var prepared = (await browser.PostAsync($"{path}/prepare_verification", ("strategy", "phone_code"))).Json["response"]!;
        Assert.Equal("needs_attempt", (string?)prepared["verifications"]!["phone_number"]!["next_action"]);
        Assert.Equal("form_code_incorrect", (await browser.PostAsync($"{path}/attempt_verification", ("strategy", "phone_code"), ("code", "0"))).Code);
        var done = (await browser.PostAsync($"{path}/attempt_verification", ("strategy", "phone_code"), ("code", "424242"))).Json["response"]!;

        Assert.Equal("complete", (string?)done["status"]);
        var user = await clerk.GetAsync($"/v1/users/{done["created_user_id"]}");
        Assert.Equal((Number, "phone_code", 0), (
            (string?)user.Json["phone_numbers"]![0]!["phone_number"], (string?)user.Json["phone_numbers"]![0]!["verification"]!["strategy"],
            user.Json["email_addresses"]!.AsArray().Count));
        Assert.Equal((string?)user.Json["phone_numbers"]![0]!["id"], user.Text("primary_phone_number_id"));
    }

    [Fact]
    public async Task Who_gives_an_address_and_a_number_proves_both()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var begun = await browser.PostAsync(
            "/client/sign_ups", ("email_address", "mary@example.com"), ("phone_number", Number), ("password", "long enough"));
        var path = $"/client/sign_ups/{begun.Json["response"]!["id"]}";

        foreach (var (strategy, status) in new[] { ("phone_code", "missing_requirements"), ("email_code", "complete") })
        {
            await browser.PostAsync($"{path}/prepare_verification", ("strategy", strategy));
            var attempted = await browser.PostAsync($"{path}/attempt_verification", ("strategy", strategy), ("code", "424242"));
            Assert.Equal(status, (string?)attempted.Json["response"]!["status"]);
        }
    }

    [Fact]
    public async Task Number_that_another_took_meanwhile_is_refused()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var begun = await browser.PostAsync("/client/sign_ups", ("phone_number", Number), ("password", "long enough"));
        var path = $"/client/sign_ups/{begun.Json["response"]!["id"]}";
        await browser.PostAsync($"{path}/prepare_verification", ("strategy", "phone_code"));
        await PhoneAsync(clerk);

        var answer = await browser.PostAsync($"{path}/attempt_verification", ("strategy", "phone_code"), ("code", "424242"));

        Assert.Equal((422, "form_identifier_exists", "phone_number"), (answer.Status, answer.Code, answer.Parameter));
    }

    private static async Task<string> PhoneAsync(
        RunningClerk clerk,
        string number = Number,
        string userId = LocalClerkDefaults.GraceUserId,
        bool verified = true)
    {
        var made = await clerk.PostAsync(
            "/v1/phone_numbers", new JsonObject { ["user_id"] = userId, ["phone_number"] = number, ["verified"] = verified });
        Assert.Equal(200, made.Status);
        return made.Text("id");
    }
}
