namespace Gatehouse.Local.Clerk.Users;

/// <summary>What only one user of an instance can have.</summary>
internal enum IdentifierKind
{
    EmailAddress,
    PhoneNumber,
    Username,
    ExternalId,
    Web3Wallet,
}
