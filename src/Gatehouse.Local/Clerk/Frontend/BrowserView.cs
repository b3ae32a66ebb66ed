using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.OrganizationInvitations;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend;

/// <summary>Resources as browsers may see them: the Backend API's, less what is not for their eyes.</summary>
internal static class BrowserView
{
    private const string Limit = "create_organizations_limit";

    // What is an administrator's business, or of the Backend API's versions only.
    private static readonly HashSet<string> Withheld = new(StringComparer.Ordinal)
    {
        "private_metadata", "organization_memberships", "bypass_client_trust", "locale", "enterprise_accounts", "created_by", "role_set_key",
        "inviter_id", "public_inviter_data",
    };

    /// <summary>The user, with the memberships that only browsers are told.</summary>
    public static void Write(Utf8JsonWriter json, User user, ClerkWorld world)
    {
        var data = world.Data;
        using var backend = JsonDocument.Parse(AnswerWriter.Render(inner => UserJson.Write(inner, user, world.Clock.NowMilliseconds)));
        json.WriteStartObject();
        foreach (var member in backend.RootElement.EnumerateObject().Where(IsShown))
        {
            member.WriteTo(json);
        }

        json.WritePropertyName("organization_memberships");
        ListJson.WriteArray(json, data.Organizations.MembershipsOfUser(user.Id), (inner, held) => Write(inner, held, data));
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Membership membership, ClerkData data)
    {
        using var backend = JsonDocument.Parse(AnswerWriter.Render(inner => OrganizationJson.Write(inner, membership, data)));
        WritePublic(json, backend.RootElement);
    }

    public static void Write(Utf8JsonWriter json, Organization organization, ClerkWorld world)
    {
        var (members, pending) = (OrganizationCensus.Members(world.Data, organization), OrganizationCensus.PendingInvitations(world, organization));
        using var backend = JsonDocument.Parse(AnswerWriter.Render(inner => OrganizationJson.Write(inner, organization, members, pending)));
        WritePublic(json, backend.RootElement);
    }

    public static void Write(Utf8JsonWriter json, OrganizationInvitation invitation, ClerkWorld world)
    {
        var organization = world.Data.Organizations.Find(invitation.OrganizationId);
        using var backend = JsonDocument.Parse(
            AnswerWriter.Render(inner => OrganizationInvitationJson.Write(inner, invitation, world, organization)));
        WritePublic(json, backend.RootElement);
    }

    // Only where the resources have it: a user's own metadata may hold a member of that name too.
    private static void WritePublic(Utf8JsonWriter json, JsonElement resource)
    {
        json.WriteStartObject();
        foreach (var member in resource.EnumerateObject().Where(IsShown))
        {
            if (member.Name == "organization")
            {
                json.WritePropertyName(member.Name);
                WritePublic(json, member.Value);
            }
            else
            {
                member.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    private static bool IsShown(JsonProperty member) =>
        !Withheld.Contains(member.Name) && (member.Name != Limit || member.Value.ValueKind != JsonValueKind.Null);
}
