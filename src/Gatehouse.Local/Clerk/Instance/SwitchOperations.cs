using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Instance;

/// <summary>Reading and changing the groups of plain switches: restrictions, protection, communication, OAuth applications.</summary>
internal sealed class SwitchOperations(ClerkWorld world)
{
    private const int MostCountries = 300;

    public void Map(ClerkRoutes routes) => routes
        .Patch("/instance/restrictions", call => Change(call, InstanceSwitches.Restrictions) ?? TellRestrictions())
        .Get("/instance/protect", _ => TellProtection())
        .Patch("/instance/protect", call => Change(call, InstanceSwitches.Protection) ?? TellProtection())
        .Get("/instance/communication", _ => TellCommunication())
        .Patch("/instance/communication", ChangeCommunication)
        .Get("/instance/oauth_application_settings", _ => TellOAuth())
        .Patch("/instance/oauth_application_settings", ChangeOAuth);

    private InstanceSettings Settings => world.Data.Settings;

    private ClerkAnswer ChangeCommunication(ClerkCall call)
    {
        var countries = call.Form.Texts("blocked_country_codes", MostCountries);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        Settings.BlockedCountryCodes = countries ?? Settings.BlockedCountryCodes;
        return TellCommunication();
    }

    private ClerkAnswer ChangeOAuth(ClerkCall call)
    {
        var scopes = call.Form.Has("default_scopes") ? call.Form.Texts("default_scopes") : Settings.OAuthDefaultScopes;
        if (Change(call, InstanceSwitches.OAuth) is { } faults)
        {
            return faults;
        }

        Settings.OAuthDefaultScopes = scopes;
        return TellOAuth();
    }

    private ClerkAnswer? Change(ClerkCall call, IReadOnlyList<string> names)
    {
        var given = names.Select(name => (Name: name, Value: call.Form.Flag(name))).ToList();
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        foreach (var (name, value) in given)
        {
            Settings.Switches[name] = value ?? Settings.Switches[name];
        }

        return null;
    }

    private ClerkAnswer TellRestrictions() => Tell("instance_restrictions", InstanceSwitches.Restrictions, _ => { });

    private ClerkAnswer TellProtection() => Tell(
        "instance_protect", InstanceSwitches.Protection, json => json.WriteBoolean("checks_bypassed", false));

    private ClerkAnswer TellCommunication() => Tell("instance_communication", [], json =>
    {
        json.WritePropertyName("blocked_country_codes");
        ListJson.WriteTexts(json, Settings.BlockedCountryCodes);
    });

    private ClerkAnswer TellOAuth() => Tell("oauth_application_settings", InstanceSwitches.OAuth, json =>
    {
        json.WritePropertyName("default_scopes");
        if (Settings.OAuthDefaultScopes is { } scopes)
        {
            ListJson.WriteTexts(json, scopes);
        }
        else
        {
            json.WriteNullValue();
        }
    });

    private ClerkAnswer Tell(string type, IReadOnlyList<string> names, Action<Utf8JsonWriter> rest) => ClerkAnswer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteString("object", type);
        foreach (var name in names)
        {
            json.WriteBoolean(name, Settings.Switches[name]);
        }

        rest(json);
        json.WriteEndObject();
    });
}
