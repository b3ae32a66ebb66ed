using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Local.Tests.Frontend;

public sealed class ReverificationTests
{
    [Fact]
    public async Task Password_given_again_makes_the_first_factor_young()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        var path = $"/client/sessions/{browser.SessionId}/verify";
        clerk.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("[30,-1]", (await browser.TokenAsync(clerk)).Claims["fva"]!.ToJsonString());

        var begun = (await browser.PostAsync(path, ("level", "multi_factor"))).Json["response"]!;
        Assert.Equal(("needs_first_factor", "first_factor"), ((string)begun["status"]!, (string)begun["level"]!));
        Assert.Equal("form_password_incorrect", (await browser.PostAsync($"{path}/attempt_first_factor", ("strategy", "password"), ("password", "no"))).Code);
        var done = await browser.PostAsync($"{path}/attempt_first_factor", ("strategy", "password"), ("password", LocalClerkDefaults.Password));

        Assert.Equal("complete", (string?)done.Json["response"]!["status"]);
        Assert.Equal("[0,-1]", done.Json["response"]!["session"]!["factor_verification_age"]!.ToJsonString());
        Assert.Equal("[0,-1]", (await browser.TokenAsync(clerk)).Claims["fva"]!.ToJsonString());
    }

    [Fact]
    public async Task Code_and_second_factor_are_proved_one_after_the_other()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        var path = $"/client/sessions/{browser.SessionId}/verify";
        var set = new JsonObject { ["totp_secret"] = "JBSWY3DPEHPK3PXP", ["backup_codes"] = new JsonArray("only-once") };
        await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{LocalClerkDefaults.GraceUserId}", set);

        Assert.Equal("verification_missing", (await browser.PostAsync($"{path}/prepare_first_factor", ("strategy", "email_code"))).Code);
        await browser.PostAsync(path, ("level", "multi_factor"));
        Assert.Equal("verification_missing", (await browser.PostAsync($"{path}/attempt_first_factor", ("strategy", "email_code"), ("code", "424242"))).Code);
        await browser.PostAsync($"{path}/prepare_first_factor", ("strategy", "email_code"));
        Assert.Equal("form_code_incorrect", (await browser.PostAsync($"{path}/attempt_first_factor", ("strategy", "email_code"), ("code", "0"))).Code);
        var half = await browser.PostAsync($"{path}/attempt_first_factor", ("strategy", "email_code"), ("code", "424242"));
        Assert.Equal("needs_second_factor", (string?)half.Json["response"]!["status"]);
        Assert.Equal("form_code_incorrect", (await browser.PostAsync($"{path}/attempt_second_factor", ("strategy", "totp"), ("code", "000000"))).Code);
        var done = await browser.PostAsync($"{path}/attempt_second_factor", ("strategy", "backup_code"), ("code", "only-once"));

        Assert.Equal("complete", (string?)done.Json["response"]!["status"]);
        Assert.Equal("[0,0]", (await browser.TokenAsync(clerk)).Claims["fva"]!.ToJsonString());
    }

    [Fact]
    public async Task Level_that_does_not_exist_and_session_that_is_over_are_refused()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        var path = $"/client/sessions/{browser.SessionId}/verify";

        Assert.Equal("level", (await browser.PostAsync(path, ("level", "third_factor"))).Parameter);
        await clerk.PostAsync($"/v1/sessions/{browser.SessionId}/revoke");
        Assert.Equal("signed_out", (await browser.PostAsync(path)).Code);
    }

    [Theory]
    [InlineData("DELETE", "/me", "")]
    [InlineData("PATCH", "/me", "username")]
    [InlineData("PATCH", "/me", "primary_email_address_id")]
    [InlineData("POST", "/me/change_password", "new_password")]
    [InlineData("POST", "/me/remove_password", "")]
    [InlineData("POST", "/me/email_addresses", "email_address")]
    [InlineData("DELETE", "/me/email_addresses/idn_x", "")]
    [InlineData("POST", "/me/phone_numbers", "phone_number")]
    [InlineData("PATCH", "/me/phone_numbers/idn_x", "reserved_for_second_factor")]
    [InlineData("DELETE", "/me/phone_numbers/idn_x", "")]
    [InlineData("POST", "/me/totp", "")]
    [InlineData("DELETE", "/me/totp", "")]
    [InlineData("POST", "/me/backup_codes", "")]
    [InlineData("POST", "/me/sessions/sess_x/revoke", "")]
    public async Task What_is_grave_asks_for_another_proof_after_ten_minutes(string method, string path, string field)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        clerk.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal((403, "session_reverification_required"), await TryAsync());
        Assert.Equal(200, (await browser.PatchAsync("/me", ("first_name", "Amazing"))).Status);

        var verify = $"/client/sessions/{browser.SessionId}/verify";
        await browser.PostAsync(verify, ("level", "first_factor"));
        await browser.PostAsync($"{verify}/attempt_first_factor", ("strategy", "password"), ("password", LocalClerkDefaults.Password));
        Assert.NotEqual("session_reverification_required", (await TryAsync()).Code);

        async Task<(int Status, string? Code)> TryAsync()
        {
            (string, string)[] form = field.Length == 0 ? [] : [(field, "x")];
            var answer = method switch
            {
                "POST" => await browser.PostAsync(path, form),
                "PATCH" => await browser.PatchAsync(path, form),
                _ => await browser.DeleteAsync(path),
            };
            return (answer.Status, answer.Code);
        }
    }

    [Fact]
    public async Task Who_signed_in_in_two_steps_proves_the_second_again()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{LocalClerkDefaults.GraceUserId}", new JsonObject
        {
            ["totp_secret"] = "JBSWY3DPEHPK3PXP",
            ["backup_codes"] = new JsonArray("first", "second"),
        });
        using var browser = await TestBrowser.StartAsync(clerk);
        var asked = await browser.PostAsync("/client/sign_ins", ("identifier", "grace+clerk_test@example.com"), ("password", LocalClerkDefaults.Password));
        var done = await browser.PostAsync(
            $"/client/sign_ins/{asked.Json["response"]!["id"]}/attempt_second_factor", ("strategy", "backup_code"), ("code", "first"));
        browser.SessionId = (string)done.Json["response"]!["created_session_id"]!;
        clerk.Clock.Advance(TimeSpan.FromMinutes(10));
        var verify = $"/client/sessions/{browser.SessionId}/verify";

        await browser.PostAsync(verify, ("level", "first_factor"));
        await browser.PostAsync($"{verify}/attempt_first_factor", ("strategy", "password"), ("password", LocalClerkDefaults.Password));
        Assert.Equal("session_reverification_required", (await browser.PostAsync("/me/backup_codes")).Code);
        await browser.PostAsync(verify, ("level", "second_factor"));
        await browser.PostAsync($"{verify}/attempt_second_factor", ("strategy", "backup_code"), ("code", "second"));
        Assert.Equal(200, (await browser.PostAsync("/me/backup_codes")).Status);
    }

    [Fact]
    public async Task Nothing_is_asked_for_again_where_that_is_switched_off()
    {
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:Reverification", "false"));
        using var browser = await TestBrowser.SignedInAsync(clerk);
        clerk.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(200, (await browser.PostAsync("/me/totp")).Status);
        Assert.False((bool)(await browser.GetAsync("/environment")).Json["auth_config"]!["reverification"]!);
    }

    [Fact]
    public async Task Codes_sent_to_a_phone_prove_either_factor_again()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        foreach (var (number, reserved) in new[] { ("+12015550142", false), ("+12015550143", true) })
        {
            await clerk.PostAsync("/v1/phone_numbers", new JsonObject
            {
                ["user_id"] = LocalClerkDefaults.GraceUserId,
                ["phone_number"] = number,
                ["verified"] = true,
                ["reserved_for_second_factor"] = reserved,
            });
        }

        var verify = $"/client/sessions/{browser.SessionId}/verify";
        clerk.Clock.Advance(TimeSpan.FromMinutes(5));
        await browser.PostAsync(verify, ("level", "multi_factor"));
        Assert.Equal("strategy_for_user_invalid", (await browser.PostAsync($"{verify}/prepare_first_factor", ("strategy", "email_link"))).Code);
        await browser.PostAsync($"{verify}/prepare_first_factor", ("strategy", "phone_code"));
        var half = await browser.PostAsync($"{verify}/attempt_first_factor", ("strategy", "phone_code"), ("code", "424242"));
        Assert.Equal("needs_second_factor", (string?)half.Json["response"]!["status"]);
        var prepared = await browser.PostAsync($"{verify}/prepare_second_factor", ("strategy", "phone_code"));
        Assert.Equal("needs_second_factor", (string?)prepared.Json["response"]!["status"]);
        var done = await browser.PostAsync($"{verify}/attempt_second_factor", ("strategy", "phone_code"), ("code", "424242"));

        Assert.Equal("complete", (string?)done.Json["response"]!["status"]);
        Assert.Equal("[0,0]", (await browser.TokenAsync(clerk)).Claims["fva"]!.ToJsonString());
    }
}
