namespace Gatehouse.Clerk.Api;

/// <summary>What kind of failure a call to Clerk met: who caused it, and so what helps.</summary>
public enum ClerkFailure
{
    /// <summary>No answer, a 5xx, or one that cannot be read: Clerk or the way to it is down. Zero, since it accuses nobody.</summary>
    Unavailable = 0,

    /// <summary>429: too many calls. Waiting helps.</summary>
    Throttled,

    /// <summary>401: the secret key was refused. Only a change of configuration helps.</summary>
    Credentials,

    /// <summary>404: no such user, session, template, machine or key.</summary>
    NotFound,

    /// <summary>Any other refusal: the request is wrong, and repeating it is useless.</summary>
    Rejected,
}
