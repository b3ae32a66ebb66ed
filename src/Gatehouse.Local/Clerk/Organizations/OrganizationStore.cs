namespace Gatehouse.Local.Clerk.Organizations;

/// <summary>Organizations and who belongs to them.</summary>
internal sealed class OrganizationStore
{
    private readonly Dictionary<string, Organization> _organizations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Membership>> _byUser = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Membership>> _byOrganization = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Organization> All => _organizations.Values;

    public IEnumerable<Membership> Memberships => _byOrganization.Values.SelectMany(held => held);

    public Organization? Find(string idOrSlug) =>
        _organizations.GetValueOrDefault(idOrSlug) ?? _organizations.Values.FirstOrDefault(found => found.Slug == idOrSlug);

    public Membership? FindMembership(string organizationId, string userId) =>
        MembershipsOfUser(userId).FirstOrDefault(held => held.OrganizationId == organizationId);

    public IReadOnlyList<Membership> MembershipsOfUser(string userId) => _byUser.GetValueOrDefault(userId) ?? [];

    public IReadOnlyList<Membership> MembershipsOf(string organizationId) => _byOrganization.GetValueOrDefault(organizationId) ?? [];

    public void Add(Organization organization) => _organizations.Add(organization.Id, organization);

    public void Add(Membership membership)
    {
        ListOf(_byUser, membership.UserId).Add(membership);
        ListOf(_byOrganization, membership.OrganizationId).Add(membership);
    }

    public void Remove(Membership membership)
    {
        _byUser[membership.UserId].Remove(membership);
        _byOrganization[membership.OrganizationId].Remove(membership);
    }

    /// <summary>Removes an organization and whoever belongs to it.</summary>
    public void Remove(Organization organization)
    {
        foreach (var membership in MembershipsOf(organization.Id).ToList())
        {
            Remove(membership);
        }

        _byOrganization.Remove(organization.Id);
        _organizations.Remove(organization.Id);
    }

    private static List<Membership> ListOf(Dictionary<string, List<Membership>> lists, string key)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = [];
        }

        return list;
    }
}
