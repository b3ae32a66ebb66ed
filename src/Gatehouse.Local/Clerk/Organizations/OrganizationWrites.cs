using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Images;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Organizations;

/// <summary>Creating, updating and deleting organizations, and changing their metadata.</summary>
internal sealed class OrganizationWrites(ClerkWorld world)
{
    private const string Logo = "/organizations/{organization_id}/logo";

    public void Map(OrganizationRoutes routes) => routes
        .Post("/organizations", Create)
        .Map("PATCH", "/organizations/{organization_id}", Limited((call, found) => Update(call, found)))
        .Map("PUT", Logo, new ClerkOperation(call => Find(call, found => SetLogo(call, found))) { TakesFile = true })
        .Delete(Logo, call => Find(call, found => ImageUploads.RefuseRemoval(world, call, found) ?? Changed(found)))
        .Delete("/organizations/{organization_id}", call => Find(call, found => Delete(call, found)))
        .Map("PATCH", "/organizations/{organization_id}/metadata", Limited((call, found) => ChangeMetadata(call, found, MetadataForm.Merge)))
        .Map("PUT", "/organizations/{organization_id}/metadata", Limited((call, found) => ChangeMetadata(call, found, MetadataForm.Replace)));

    private OrganizationStore Organizations => world.Data.Organizations;

    private ClerkAnswer Create(ClerkCall call)
    {
        call.Form.Require("name");
        var form = OrganizationForm.Read(call.Form, Organizations, organization: null);
        var creatorId = call.Form.Text("created_by");
        var publicly = UserForm.ReadMetadata(call.Form, "public_metadata");
        var privately = UserForm.ReadMetadata(call.Form, "private_metadata");
        if ((call.Form.Faults() ?? form.Refusal(world.Data)) is { } faults)
        {
            return faults;
        }

        var creator = creatorId is null ? null : world.Data.Users.Find(creatorId);
        if (CreatorRefusal(creatorId, creator) is { } refusal)
        {
            return refusal;
        }

        var now = world.Clock.NowMilliseconds;
        var settings = world.Data.Settings.Organizations;
        var organization = new Organization
        {
            Id = world.Ids.Next("org_"),
            Name = form.Name!,
            Slug = form.Slug ?? FreeSlug(form.Name!, now),
            CreatedBy = creatorId,
            MaximumMemberships = form.MaximumMemberships ?? settings.MaximumMemberships,
            AdminDeleteEnabled = settings.AdminDeleteEnabled,
            PublicMetadata = publicly ?? [],
            PrivateMetadata = privately ?? [],
            CreatedAt = form.CreatedAt ?? now,
            UpdatedAt = now,
        };
        Organizations.Add(organization);
        OrganizationEvents.Raise(world, "organization.created", organization);
        if (creator is not null)
        {
            var role = world.Data.Roles.FindByKey(settings.CreatorRole) ?? OrganizationRole.Admin;
            MembershipChanges.Add(world, organization, creator, role);
        }

        return Tell(organization);
    }

    private ClerkError? CreatorRefusal(string? id, User? creator)
    {
        if (id is null || creator is null)
        {
            return id is null ? null : OrganizationErrors.CreatorNotFound(id);
        }

        return creator.CreateOrganizationsLimit is > 0 and var most && Organizations.All.Count(made => made.CreatedBy == id) >= most
            ? OrganizationErrors.CreationLimit
            : null;
    }

    private string FreeSlug(string name, long now)
    {
        while (Organizations.Find(OrganizationForm.SlugOf(name, now)) is not null)
        {
            now++;
        }

        return OrganizationForm.SlugOf(name, now);
    }

    private ClerkAnswer Update(ClerkCall call, Organization organization)
    {
        var form = OrganizationForm.Read(call.Form, Organizations, organization);
        var deletable = call.Form.Flag("admin_delete_enabled");
        if ((call.Form.Faults() ?? form.Refusal(world.Data)) is { } faults)
        {
            return faults;
        }

        organization.Name = form.Name ?? organization.Name;
        organization.Slug = form.Slug ?? organization.Slug;
        organization.MaximumMemberships = form.MaximumMemberships ?? organization.MaximumMemberships;
        organization.AdminDeleteEnabled = deletable ?? organization.AdminDeleteEnabled;
        organization.CreatedAt = form.CreatedAt ?? organization.CreatedAt;
        return Changed(organization);
    }

    private ClerkAnswer ChangeMetadata(
        ClerkCall call,
        Organization organization,
        Func<FormReader, string, System.Text.Json.Nodes.JsonObject, System.Text.Json.Nodes.JsonObject> change)
    {
        var publicly = change(call.Form, "public_metadata", organization.PublicMetadata);
        var privately = change(call.Form, "private_metadata", organization.PrivateMetadata);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        (organization.PublicMetadata, organization.PrivateMetadata) = (publicly, privately);
        return Changed(organization);
    }

    private ClerkAnswer SetLogo(ClerkCall call, Organization organization) =>
        ImageUploads.RefuseUploader(world, call) ?? ImageUploads.Refuse(world, call, organization) ?? Changed(organization);

    private ClerkAnswer Delete(ClerkCall call, Organization organization)
    {
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        OrganizationRemoval.Remove(world, organization);
        return ListJson.Deleted("organization", organization.Id, organization.Slug);
    }

    private ClerkAnswer Changed(Organization organization)
    {
        organization.UpdatedAt = world.Clock.NowMilliseconds;
        OrganizationEvents.Raise(world, "organization.updated", organization);
        return Tell(organization);
    }

    private ClerkOperation Limited(Func<ClerkCall, Organization, ClerkAnswer> handle) =>
        new(call => Find(call, found => handle(call, found))) { LimitedByResource = true };

    private ClerkAnswer Find(ClerkCall call, Func<Organization, ClerkAnswer> found) =>
        Organizations.Find(call.Route("organization_id")) is { } organization
            ? found(organization)
            : ClerkErrors.NotFound("organization", call.Route("organization_id"));

    private ClerkAnswer Tell(Organization organization) => ClerkAnswer.Ok(json => OrganizationJson.Write(
        json, organization, membersCount: null, OrganizationCensus.PendingInvitations(world, organization)));
}
