using System.Text.Json;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Sessions;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>
/// Believable data for every event, for those who want to see one without bringing it about. Users, sessions, organizations and
/// memberships are ones that exist, as they are; the others are made up. Called inside the gate; nothing is changed.
/// </summary>
internal sealed class EventSamples(ClerkWorld world)
{
    /// <summary>The event with its data.</summary>
    /// <param name="type">One of <see cref="EventTypes"/>.</param>
    /// <param name="data">Members that take the place of the sample's own, or are added to them.</param>
    public RaisedEvent Make(string type, JsonObject? data)
    {
        var sample = Find(type);
        foreach (var (name, value) in data ?? [])
        {
            sample[name] = value?.DeepClone();
        }

        return new RaisedEvent(type, AnswerWriter.Render(json => sample.WriteTo(json)));
    }

    private JsonObject Find(string type)
    {
        var user = FindUser();
        var organization = FindOrganization();
        var sample = type.Split('.')[0] switch
        {
            "user" => Render(json => UserJson.Write(json, user, world.Clock.NowMilliseconds)),
            "session" => Session(user, type),
            "organization" => Render(json => OrganizationJson.Write(json, organization, membersCount: null)),
            "organizationMembership" => Render(json => OrganizationJson.Write(json, FindMembership(user, organization), world.Data)),
            _ => Template(type, user, organization),
        };
        return DeletedResource.Tells(type) ? DeletedResource.Of(sample) : sample;
    }

    private JsonObject Template(string type, User user, Organization organization)
    {
        var template = SampleTemplates.Find(type) ?? throw new InvalidOperationException($"samples.json has nothing for {type}.");
        return new SampleValues(world, user, organization).Fill(template)!.AsObject();
    }

    private JsonObject Session(User user, string type)
    {
        var now = world.Clock.NowMilliseconds;
        var session = world.Data.Sessions.OfUser(user.Id) is [.., var last] ? last : new Session
        {
            Id = world.Ids.Next("sess_"),
            UserId = user.Id,
            ClientId = world.Ids.Next("client_"),
            ActivityId = world.Ids.Next("sess_activity_"),
            CreatedAt = now,
            UpdatedAt = now,
            LastActiveAt = now,
        };
        var sample = Render(json => SessionEventJson.Write(json, world, session));
        sample["status"] = type == "session.created" ? "active" : type.Split('.')[1];
        return sample;
    }

    // The seeded ones where they still are, so that a sample looks the same each time.
    private User FindUser() =>
        world.Data.Users.Find(LocalClerkDefaults.GraceUserId)
        ?? world.Data.Users.NewestFirst().FirstOrDefault()
        ?? new User { Id = LocalClerkDefaults.GraceUserId, FirstName = "Grace", CreatedAt = 0, UpdatedAt = 0 };

    private Organization FindOrganization() =>
        world.Data.Organizations.Find(LocalClerkDefaults.KryptonOrganizationId)
        ?? world.Data.Organizations.All.FirstOrDefault()
        ?? new Organization { Id = LocalClerkDefaults.KryptonOrganizationId, Name = "Krypton", Slug = "krypton", CreatedAt = 0, UpdatedAt = 0 };

    private Membership FindMembership(User user, Organization organization) =>
        world.Data.Organizations.FindMembership(organization.Id, user.Id)
        ?? world.Data.Organizations.Memberships.FirstOrDefault()
        ?? new Membership
        {
            Id = world.Ids.Next("orgmem_"),
            OrganizationId = organization.Id,
            UserId = user.Id,
            Role = OrganizationRole.Member,
            CreatedAt = organization.CreatedAt,
            UpdatedAt = organization.UpdatedAt,
        };

    private static JsonObject Render(Action<Utf8JsonWriter> write) => JsonNode.Parse(AnswerWriter.Render(write).Span)!.AsObject();
}
