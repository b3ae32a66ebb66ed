using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Invitations;

/// <summary>Creating, listing and revoking invitations to the application.</summary>
internal sealed class InvitationOperations(ClerkWorld world)
{
    private const string Newest = "-created_at";

    public void Map(ClerkRoutes routes) => routes
        .Get("/invitations", List)
        .Post("/invitations", Create)
        .Map("POST", "/invitations/bulk", new ClerkOperation(CreateAll) { TakesList = true })
        .Post("/invitations/{invitation_id}/revoke", Revoke);

    private ClerkAnswer List(ClerkCall call)
    {
        var statuses = InvitationFilter.ReadStatuses(call.Query);
        var search = call.Query.Text("query");
        var ordering = call.Query.Ordering(Newest, "created_at", "email_address", "expires_at");
        var paginated = call.Query.Flag("paginated") == true;
        var page = call.Query.Page();
        if (call.Query.Faults() is { } faults)
        {
            return faults;
        }

        var now = world.Clock.NowMilliseconds;
        var found = world.Data.Invitations.All
            .Where(invitation => statuses is null
                ? invitation.StatusAt(now) != InvitationStatus.Revoked
                : statuses.Contains(invitation.StatusAt(now)))
            .Where(invitation => string.IsNullOrEmpty(search)
                || invitation.Id.Contains(search, StringComparison.OrdinalIgnoreCase)
                || invitation.EmailAddress.Contains(search, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var ordered = page.Of(InvitationFilter.Order(found, ordering));
        return ClerkAnswer.Ok(json =>
        {
            if (paginated)
            {
                ListJson.WritePage(json, ordered, found.Count, Write);
            }
            else
            {
                ListJson.WriteArray(json, ordered, Write);
            }

            void Write(System.Text.Json.Utf8JsonWriter inner, Invitation invitation) => InvitationJson.Write(inner, invitation, now);
        });
    }

    private ClerkAnswer Create(ClerkCall call)
    {
        var wanted = Read(call.Form);
        if ((call.Form.Faults() ?? Conflict([wanted])) is { } refusal)
        {
            return refusal;
        }

        var invitation = Add(call, wanted);
        return ClerkAnswer.Ok(json => InvitationJson.Write(json, invitation, world.Clock.NowMilliseconds));
    }

    private ClerkAnswer CreateAll(ClerkCall call)
    {
        var wanted = call.Items.Select(Read).ToList();
        if ((InvitationTerms.FaultsOf(call.Items) ?? Conflict(wanted)) is { } refusal)
        {
            return refusal;
        }

        var now = world.Clock.NowMilliseconds;
        var invitations = wanted.ConvertAll(one => Add(call, one));
        return ClerkAnswer.Ok(json => ListJson.WriteArray(json, invitations, (inner, one) => InvitationJson.Write(inner, one, now)));
    }

    private ClerkAnswer Revoke(ClerkCall call)
    {
        if (world.Data.Invitations.Find(call.Route("invitation_id")) is not { } invitation)
        {
            return ClerkErrors.NotFound("invitation", call.Route("invitation_id"));
        }

        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var now = world.Clock.NowMilliseconds;
        switch (invitation.StatusAt(now))
        {
            case InvitationStatus.Accepted:
                return InvitationErrors.AlreadyAccepted;
            case InvitationStatus.Revoked:
                return InvitationErrors.AlreadyRevoked;
            default:
                invitation.Revoke(now);
                return ClerkAnswer.Ok(json => InvitationJson.Write(json, invitation, now));
        }
    }

    private static (InvitationTerms Terms, JsonObject Metadata, bool IgnoresExisting) Read(FormReader form)
    {
        var terms = InvitationTerms.Read(form);
        var metadata = UserForm.ReadMetadata(form, "public_metadata") ?? [];
        form.OneOf("template_slug", "invitation", "waitlist_invitation");
        return (terms, metadata, form.Flag("ignore_existing") == true);
    }

    // The addresses of one bulk request must differ from each other, too.
    private ClerkAnswer? Conflict(IReadOnlyList<(InvitationTerms Terms, JsonObject Metadata, bool IgnoresExisting)> wanted)
    {
        var now = world.Clock.NowMilliseconds;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (terms, _, ignoresExisting) in wanted)
        {
            var email = terms.EmailAddress;
            var repeated = !seen.Add(email);
            if (ignoresExisting)
            {
                continue;
            }

            if (repeated || world.Data.Invitations.All.Any(invitation => invitation.IsFor(email) && invitation.IsPending(now)))
            {
                return InvitationErrors.Pending(email);
            }

            if (world.Data.Users.Find(IdentifierKind.EmailAddress, email) is not null)
            {
                return InvitationErrors.Registered(email);
            }
        }

        return null;
    }

    private Invitation Add(ClerkCall call, (InvitationTerms Terms, JsonObject Metadata, bool IgnoresExisting) wanted)
    {
        var now = world.Clock.NowMilliseconds;
        var ticket = world.Ids.NextHex("tkt_", bytes: 24);
        var invitation = new Invitation
        {
            Id = world.Ids.Next("inv_"),
            EmailAddress = wanted.Terms.EmailAddress,
            PublicMetadata = wanted.Metadata,
            RedirectUrl = wanted.Terms.RedirectUrl,
            Ticket = ticket,
            Url = TicketUrl.Of(call, ticket),
            ExpiresAt = now + (wanted.Terms.Days * EmailInvitation.Day),
            CreatedAt = now,
            UpdatedAt = now,
        };
        world.Data.Invitations.Add(invitation);
        return invitation;
    }
}
