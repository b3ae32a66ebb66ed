namespace Gatehouse.Tokens;

/// <summary>The organization that is active in a session, and what the person is there.</summary>
/// <param name="Id">The organization's id.</param>
/// <param name="Slug">Its slug, if it has one.</param>
/// <param name="Role">The person's role there, with its prefix: <c>org:admin</c>.</param>
/// <param name="Permissions">The person's permissions there: <c>org:billing:read</c>. Empty, never null.</param>
public sealed record OrganizationClaims(string Id, string? Slug, string? Role, IReadOnlyList<string> Permissions);
