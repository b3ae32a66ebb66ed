namespace Gatehouse.AspNetCore.RateLimiting;

/// <summary>Who has a count of its own under a limit.</summary>
public enum LimitBy
{
    /// <summary>Each authenticated subject: a user, a machine; an API key counts for its subject.</summary>
    Subject = 0,

    /// <summary>All callers whose tokens are of one class, together.</summary>
    Class = 1,

    /// <summary>All callers who act in one organization, together; who acts in none counts alone.</summary>
    Organization = 2,

    /// <summary>Each client address, before anybody is known; of IPv6 each network of 64 bits.</summary>
    Address = 3,
}
