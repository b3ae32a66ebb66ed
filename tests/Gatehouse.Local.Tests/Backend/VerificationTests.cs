using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>Codes that are sent to e-mail addresses and phone numbers.</summary>
[Proves("A8")]
public sealed class VerificationTests
{
    private const string Right = "424242";

    [Theory]
    [InlineData("email_addresses", "email_address", "\"new@example.com\"", "email_code")]
    [InlineData("phone_numbers", "phone_number", "\"+12015550111\"", "phone_code")]
    public async Task Right_code_verifies_an_identification_once(string family, string member, string value, string strategy)
    {
        await using var stage = await Stage.SetAsync();
        await stage.NameAsync("fresh", "POST", $"/v1/{family}", $$"""{"user_id":"{lin}","{{member}}":{{value}}}""", "id");
        var prepared = await stage.DoAsync("POST", $"/v1/{family}/{{fresh}}/prepare_verification");
        Assert.Equal((strategy, "unverified", 0), (prepared.Text("strategy"), prepared.Text("status"), prepared.Number("attempts")));

        var attempted = await stage.DoAsync("POST", $"/v1/{family}/{{fresh}}/attempt_verification", Attempt(prepared, Right));
        var again = await stage.SendAsync("POST", $"/v1/{family}/{{fresh}}/attempt_verification", Attempt(prepared, Right));

        Assert.Equal(("verified", 1), (attempted.Text("status"), attempted.Number("attempts")));
        Assert.Equal((400, "verification_already_verified"), (again.Status, again.Code));
        var verification = (await stage.DoAsync("GET", $"/v1/{family}/{{fresh}}")).Json["verification"]!;
        Assert.Equal(("verified", strategy), ((string?)verification["status"], (string?)verification["strategy"]));
    }

    [Fact]
    public async Task Wrong_codes_show_in_the_status_until_there_were_too_many()
    {
        await using var stage = await Stage.SetAsync();
        var prepared = await stage.DoAsync("POST", "/v1/email_addresses/{email_address_id}/prepare_verification");

        foreach (var (code, status, attempts) in new[] { ("1", "unverified", 1), ("2", "unverified", 2), ("3", "failed", 3), (Right, "failed", 3) })
        {
            var answer = await stage.DoAsync("POST", "/v1/email_addresses/{email_address_id}/attempt_verification", Attempt(prepared, code));
            Assert.Equal((status, attempts), (answer.Text("status"), answer.Number("attempts")));
        }
    }

    [Fact]
    public async Task Code_expires_after_ten_minutes()
    {
        await using var stage = await Stage.SetAsync();
        var prepared = await stage.DoAsync("POST", "/v1/email_addresses/{email_address_id}/prepare_verification");

        stage.Clerk.Clock.AdvanceSeconds(600);

        Assert.Equal("expired",
            (await stage.DoAsync("POST", "/v1/email_addresses/{email_address_id}/attempt_verification", Attempt(prepared, Right))).Text("status"));
    }

    [Fact]
    public async Task Outside_test_mode_the_code_is_another_each_time()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DoAsync("PATCH", "/v1/instance", """{"test_mode":false}""");
        var prepared = await stage.DoAsync("POST", "/v1/email_addresses/{email_address_id}/prepare_verification");
        string code;
        lock (stage.Clerk.World.Gate)
        {
            code = stage.Clerk.World.Data.Verifications.Find(prepared.Text("id"))!.Code;
        }

        Assert.Matches(@"\A[0-9]{6}\z", code);
        Assert.NotEqual(Right, code);
        Assert.Equal("verified",
            (await stage.DoAsync("POST", "/v1/email_addresses/{email_address_id}/attempt_verification", Attempt(prepared, code))).Text("status"));
    }

    private static string Attempt(Answer prepared, string code) => $$"""{"verification_id":"{{prepared.Text("id")}}","code":"{{code}}"}""";
}
