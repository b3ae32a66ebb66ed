namespace Gatehouse.Clerk.Api;

/// <summary>What a machine token looks like.</summary>
public enum M2MTokenFormat
{
    /// <summary>A signed JWT: verified by anybody with the key set, without a call; cannot be revoked at Clerk.</summary>
    Jwt = 0,

    /// <summary>A random text: each verification is a call to Clerk, and it can be revoked there.</summary>
    Opaque,
}
