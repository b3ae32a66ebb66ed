namespace Gatehouse.Local.Clerk.Images;

/// <summary>What can have a picture: a user, an organization, an OAuth application.</summary>
internal interface IPictured
{
    string Id { get; }

    Picture? Picture { get; set; }
}
