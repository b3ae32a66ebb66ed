using System.Text.Json;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.ActorTokens;
using Gatehouse.Local.Clerk.ApiKeys;
using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Images;
using Gatehouse.Local.Clerk.Instance;
using Gatehouse.Local.Clerk.Invitations;
using Gatehouse.Local.Clerk.JwtTemplates;
using Gatehouse.Local.Clerk.Machines;
using Gatehouse.Local.Clerk.OAuth;
using Gatehouse.Local.Clerk.OrganizationInvitations;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Roles;
using Gatehouse.Local.Clerk.Sessions;
using Gatehouse.Local.Clerk.SignInTokens;
using Gatehouse.Local.Clerk.Users;
using Gatehouse.Local.Clerk.Verifications;

namespace Gatehouse.Local.Clerk.Data.Storage;

/// <summary>Every family that is stored, a line each, in the order in which they are read: a family comes after what it refers to.</summary>
internal static class DataSections
{
    public static IReadOnlyList<DataSection> All { get; } =
    [
        new(nameof(ClerkData.Keys), "keys", typeof(StoredKey), WriteKeys, ReadKeys),
        new(nameof(ClerkData.SessionClaims), "session_claims", typeof(JsonObject), WriteSessionClaims, ReadSessionClaims),
        new(nameof(ClerkData.Users), "generated_users", typeof(StoredGeneration), WriteGeneration, ReadGeneration),
        DataSection.Of<User>(nameof(ClerkData.Users), "users", data => data.Users.Stored(), (data, user) => data.Users.Add(user)),
        DataSection.Of<Image>(nameof(ClerkData.Images), "images", data => data.Images.All, (data, image) => data.Images.Add(image)),
        DataSection.Of<Organization>(
            nameof(ClerkData.Organizations), "organizations", data => data.Organizations.All, (data, item) => data.Organizations.Add(item)),
        new(nameof(ClerkData.Settings), "settings", typeof(InstanceSettings),
            (json, data) => EntityJson.Write(json, data.Settings),
            (stored, data) => data.Settings = EntityJson.Read<InstanceSettings>(stored)),
        DataSection.Of<Permission>(
            nameof(ClerkData.Roles), "permissions", data => data.Roles.Permissions, (data, item) => data.Roles.Add(item)) with
        {
            Prepare = data => data.Roles.Clear(),   // it begins with Clerk's own, which are stored like the others
        },
        DataSection.Of<OrganizationRole>(nameof(ClerkData.Roles), "roles", data => data.Roles.All, (data, item) => data.Roles.Add(item)),
        DataSection.Of<Membership>(
            nameof(ClerkData.Organizations), "memberships", data => data.Organizations.Memberships, ReadMembership),
        DataSection.Of<OrganizationInvitation>(
            nameof(ClerkData.OrganizationInvitations),
            "organization_invitations",
            data => data.OrganizationInvitations.All,
            (data, item) => data.OrganizationInvitations.Add(item)),
        DataSection.Of<Invitation>(
            nameof(ClerkData.Invitations), "invitations", data => data.Invitations.All, (data, item) => data.Invitations.Add(item)),
        DataSection.Of<CodeVerification>(
            nameof(ClerkData.Verifications), "verifications", data => data.Verifications.All, (data, item) => data.Verifications.Add(item)),
        DataSection.Of<Session>(nameof(ClerkData.Sessions), "sessions", data => data.Sessions.All, (data, item) => data.Sessions.Add(item)),
        DataSection.Of<BrowserClient>(nameof(ClerkData.Clients), "clients", data => data.Clients.All, (data, item) => data.Clients.Add(item)),
        DataSection.Of<JwtTemplate>(
            nameof(ClerkData.Templates), "jwt_templates", data => data.Templates.All, (data, item) => data.Templates.Add(item)),
        DataSection.Of<Machine>(nameof(ClerkData.Machines), "machines", data => data.Machines.All, (data, item) => data.Machines.Add(item)),
        DataSection.Of<StoredM2MToken>(
            nameof(ClerkData.M2MTokens),
            "m2m_tokens",
            data => data.M2MTokens.All.Select(token => new StoredM2MToken(token, data.M2MTokens.TextOf(token))),
            (data, item) => data.M2MTokens.Add(item.Token, item.Text)),
        DataSection.Of<ApiKey>(nameof(ClerkData.ApiKeys), "api_keys", data => data.ApiKeys.All, (data, item) => data.ApiKeys.Add(item)),
        DataSection.Of<OAuthApplication>(
            nameof(ClerkData.OAuthApplications),
            "oauth_applications",
            data => data.OAuthApplications.All,
            (data, item) => data.OAuthApplications.Add(item)),
        DataSection.Of<StoredOAuthAccessToken>(
            nameof(ClerkData.OAuthAccessTokens),
            "oauth_access_tokens",
            data => data.OAuthAccessTokens.All.Select(held => new StoredOAuthAccessToken(held.Value, held.Key)),
            (data, item) => data.OAuthAccessTokens.Add(item.Token, item.Text)),
        DataSection.Of<SignInToken>(
            nameof(ClerkData.SignInTokens), "sign_in_tokens", data => data.SignInTokens.All, (data, item) => data.SignInTokens.Add(item)),
        DataSection.Of<ActorToken>(
            nameof(ClerkData.ActorTokens), "actor_tokens", data => data.ActorTokens.All, (data, item) => data.ActorTokens.Add(item)),
    ];

    // The very role of the instance, so that changing it changes what its members may do.
    private static void ReadMembership(ClerkData data, Membership membership)
    {
        membership.Role = data.Roles.FindByKey(membership.Role.Key) ?? membership.Role;
        data.Organizations.Add(membership);
    }

    private static void WriteGeneration(Utf8JsonWriter json, ClerkData data) => EntityJson.Write(json, StoredGeneration.Of(data.Users));

    private static void ReadGeneration(JsonElement stored, ClerkData data) =>
        EntityJson.Read<StoredGeneration>(stored).GiveTo(data.Users);

    /// <summary>What is not stored: what a handshake answered is to be fetched within a minute, by a browser that would just ask again.</summary>
    public static IReadOnlyList<string> Passing { get; } = [nameof(ClerkData.Handshakes)];

    private static void WriteKeys(Utf8JsonWriter json, ClerkData data)
    {
        json.WriteStartArray();
        foreach (var key in data.Keys.All)
        {
            EntityJson.Write(json, new StoredKey(key.Id, key.Id == LocalClerkDefaults.InstanceId ? null : key.PrivatePem()));
        }

        json.WriteEndArray();
    }

    private static void ReadKeys(JsonElement stored, ClerkData data) => data.Keys.Restore(
        [.. stored.EnumerateArray().Select(EntityJson.Read<StoredKey>).Select(key => (key.Id, key.Pem))]);

    private static void WriteSessionClaims(Utf8JsonWriter json, ClerkData data) => data.SessionClaims.WriteTo(json);

    private static void ReadSessionClaims(JsonElement stored, ClerkData data) => data.SessionClaims = EntityJson.Read<JsonObject>(stored);
}
