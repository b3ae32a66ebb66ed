namespace Gatehouse.AspNetCore.Authorization.Internal;

/// <summary>Zero denies, so that a forgotten assignment does.</summary>
internal enum PermissionVerdict
{
    Denied = 0,

    Granted,

    /// <summary>Nobody can say just now: neither yes nor no.</summary>
    Unknown,
}
