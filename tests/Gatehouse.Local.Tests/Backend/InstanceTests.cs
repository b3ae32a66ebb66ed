using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>The settings of the instance that no answer of the Backend API tells.</summary>
[Proves("A8")]
public sealed class InstanceTests
{
    [Fact]
    public async Task Settings_are_kept()
    {
        await using var stage = await Stage.SetAsync();

        var answer = await stage.DoAsync("PATCH", "/v1/instance", """
            {"test_mode":false,"hibp":true,"support_email":"help@example.com","clerk_js_version":"6","development_origin":"http://localhost:3000",
             "allowed_origins":["http://a.example"],"url_based_session_syncing":false,"preferred_sign_in_strategy_when_password_required":"otp"}
            """);

        Assert.Equal((204, ""), (answer.Status, answer.Body));
        var settings = stage.Clerk.World.Data.Settings;
        Assert.Equal((false, true, "help@example.com", "6"), (settings.TestMode, settings.Hibp, settings.SupportEmail, settings.ClerkJsVersion));
        Assert.Equal(("http://localhost:3000", false, "otp"), (settings.DevelopmentOrigin, settings.UrlBasedSessionSyncing, settings.PreferredSignInStrategy));
    }

    [Theory]
    [InlineData("""{"cookieless_dev":false}""", false)]
    [InlineData("""{"cookieless_dev":false,"url_based_session_syncing":true}""", true)]
    [InlineData("{}", true)]
    public async Task Older_name_of_a_setting_is_taken_where_the_newer_is_missing(string body, bool expected)
    {
        await using var stage = await Stage.SetAsync();

        await stage.DoAsync("PATCH", "/v1/instance", body);

        Assert.Equal(expected, stage.Clerk.World.Data.Settings.UrlBasedSessionSyncing);
    }
}
