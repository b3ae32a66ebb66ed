using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Instance;

/// <summary>What the instance says about itself, and its settings.</summary>
internal sealed class InstanceOperations(ClerkWorld world)
{
    private const int MostOrigins = 100;

    public void Map(ClerkRoutes routes) => routes
        .Get("/instance", Tell)
        .Patch("/instance", Update);

    private ClerkAnswer Tell(ClerkCall call) => ClerkAnswer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteString("object", "instance");
        json.WriteString("id", LocalClerkDefaults.InstanceId);
        json.WriteString("environment_type", "development");
        json.WritePropertyName("allowed_origins");
        if (world.Data.Settings.AllowedOrigins is { } origins)
        {
            ListJson.WriteTexts(json, origins);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteNull("workspace_id");
        json.WriteEndObject();
    });

    private ClerkAnswer Update(ClerkCall call)
    {
        var form = call.Form;
        var (testMode, hibp) = (form.Flag("test_mode"), form.Flag("hibp"));
        var (email, version, origin) = (form.Text("support_email"), form.Text("clerk_js_version"), form.Text("development_origin"));
        var origins = form.Texts("allowed_origins", MostOrigins);
        var syncing = form.Flag("url_based_session_syncing") ?? form.Flag("cookieless_dev");   // the newer name of the same setting wins
        form.Accept("cookieless_dev");
        var strategy = form.OneOf("preferred_sign_in_strategy_when_password_required", "password", "otp", "");
        if (form.Faults() is { } faults)
        {
            return faults;
        }

        var settings = world.Data.Settings;
        settings.TestMode = testMode ?? settings.TestMode;
        settings.Hibp = hibp ?? settings.Hibp;
        settings.SupportEmail = email ?? settings.SupportEmail;
        settings.ClerkJsVersion = version ?? settings.ClerkJsVersion;
        settings.DevelopmentOrigin = origin ?? settings.DevelopmentOrigin;
        settings.AllowedOrigins = origins ?? settings.AllowedOrigins;
        settings.UrlBasedSessionSyncing = syncing ?? settings.UrlBasedSessionSyncing;
        settings.PreferredSignInStrategy = strategy ?? settings.PreferredSignInStrategy;
        return ClerkAnswer.NoContent;
    }
}
