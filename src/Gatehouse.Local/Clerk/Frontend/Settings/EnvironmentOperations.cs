using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.Http;

namespace Gatehouse.Local.Clerk.Frontend.Settings;

/// <summary>
/// What a browser asks first: how users sign up and in here. It names no captcha, no protection and no prices: each would have Clerk's
/// browser client load a script from the internet.
/// </summary>
internal sealed class EnvironmentOperations(ClerkWorld world)
{
    private const string Resource = "Gatehouse.Local.Clerk.environment.json";
    private const string OriginMark = "{{origin}}";

    private readonly string _text = Load();

    public void Map(FrontendRoutes routes) => routes
        .MapForAnyBrowser("GET", "/environment", Tell)
        .MapForAnyBrowser("PATCH", "/environment", Tell);

    private FrontendAnswer Tell(FrontendCall call) => FrontendAnswer.Bare(json =>
    {
        var environment = JsonNode.Parse(_text.Replace(OriginMark, call.Self, StringComparison.Ordinal))!;
        var (organizations, settings) = (environment["organization_settings"]!, world.Data.Settings);
        organizations["enabled"] = settings.Organizations.Enabled;
        organizations["max_allowed_memberships"] = settings.Organizations.MaximumMemberships;
        organizations["force_organization_selection"] = world.ForceOrganizationSelection;
        organizations["actions"]!["admin_delete"] = settings.Organizations.AdminDeleteEnabled;
        organizations["slug"]!["disabled"] = settings.Organizations.SlugDisabled;
        organizations["creator_role"] = settings.Organizations.CreatorRole;
        environment["auth_config"]!["test_mode"] = settings.TestMode;
        environment["auth_config"]!["reverification"] = world.Reverification;
        environment["user_settings"]!["attack_protection"]!["email_link"]!["require_same_client"] = world.RequireSameClient;
        environment.WriteTo(json);
    });

    private static string Load()
    {
        using var stream = typeof(EnvironmentOperations).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
