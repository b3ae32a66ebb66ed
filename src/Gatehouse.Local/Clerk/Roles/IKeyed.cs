namespace Gatehouse.Local.Clerk.Roles;

/// <summary>What is known by a key: a role or a permission.</summary>
internal interface IKeyed
{
    string Id { get; }

    string Key { get; }

    string Name { get; }

    long CreatedAt { get; }
}
