using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Invitations;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.OrganizationInvitations;

/// <summary>An invitation into an organization that somebody asks for.</summary>
internal sealed record WantedInvitation(
    InvitationTerms Terms,
    string RoleKey,
    string? InviterId,
    JsonObject PublicMetadata,
    JsonObject PrivateMetadata)
{
    public static WantedInvitation Read(FormReader form) => new(
        InvitationTerms.Read(form),
        form.RequiredText("role"),
        form.Text("inviter_user_id"),
        UserForm.ReadMetadata(form, "public_metadata") ?? [],
        UserForm.ReadMetadata(form, "private_metadata") ?? []);
}
