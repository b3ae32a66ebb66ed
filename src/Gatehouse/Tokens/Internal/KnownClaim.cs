namespace Gatehouse.Tokens.Internal;

/// <summary>The claims that are read here, one bit each.</summary>
[Flags]
internal enum KnownClaim
{
    None = 0,
    Issuer = 1,
    Subject = 1 << 1,
    Expires = 1 << 2,
    Issued = 1 << 3,
    NotBefore = 1 << 4,
    Session = 1 << 5,
    Party = 1 << 6,
    TokenId = 1 << 7,
    Audience = 1 << 8,
    MachineScopes = 1 << 9,
    Status = 1 << 10,
    FactorAges = 1 << 11,
    Version = 1 << 12,
    Features = 1 << 13,
    Plan = 1 << 14,
    Actor = 1 << 15,
    Organization = 1 << 16,
    Handshake = 1 << 17,
    Scope = 1 << 18,
    Scp = 1 << 19,
}
