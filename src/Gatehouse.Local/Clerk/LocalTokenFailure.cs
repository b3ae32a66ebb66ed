namespace Gatehouse.Local.Clerk;

/// <summary>Why no token was minted.</summary>
public enum LocalTokenFailure
{
    /// <summary>No token was asked for yet. Never in a result.</summary>
    Unspecified,

    /// <summary>No seeded user has this name or id.</summary>
    UnknownUser,

    /// <summary>No seeded machine has this name or id.</summary>
    UnknownMachine,

    /// <summary>The user belongs to no organization of this id or slug.</summary>
    UnknownOrganization,

    /// <summary>No JWT template has this name.</summary>
    UnknownTemplate,

    /// <summary>The lifetime is outside its bounds.</summary>
    LifetimeOutOfRange,

    /// <summary>A claim has a name that only Clerk may write.</summary>
    ReservedClaim,
}
