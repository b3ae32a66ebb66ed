namespace Gatehouse.Local.Clerk.Data.Generation;

/// <summary>What chance is drawn for, so that the parts of one user do not follow from each other.</summary>
internal enum GeneratedPart
{
    User = 1,
    EmailAddress = 2,
    Profile = 3,
    Moment = 4,
}
