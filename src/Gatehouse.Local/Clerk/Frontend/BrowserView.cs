using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.OrganizationInvitations;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend;

/// <summary>Resources as browsers may see them: the Backend API's, less the private metadata.</summary>
internal static class BrowserView
{
    private const string Private = "private_metadata";

    /// <summary>The user, with the memberships that only browsers are told.</summary>
    public static void Write(Utf8JsonWriter json, User user, ClerkWorld world)
    {
        var data = world.Data;
        using var backend = JsonDocument.Parse(AnswerWriter.Render(inner => UserJson.Write(inner, user, world.Clock.NowMilliseconds)));
        json.WriteStartObject();
        foreach (var member in backend.RootElement.EnumerateObject().Where(member => member.Name is not (Private or "organization_memberships")))
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

    public static void Write(Utf8JsonWriter json, Organization organization, ClerkData data)
    {
        var members = data.Organizations.MembershipsOf(organization.Id).Count;
        using var backend = JsonDocument.Parse(AnswerWriter.Render(inner => OrganizationJson.Write(inner, organization, members)));
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
        foreach (var member in resource.EnumerateObject().Where(member => member.Name != Private))
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
}
