namespace Gatehouse.Local.Clerk.Http;

/// <summary>One operation: whom it is for, and what it does.</summary>
/// <remarks>The handler runs while no other does, and must not wait.</remarks>
internal sealed record ClerkOperation(Func<ClerkCall, ClerkAnswer> Handle)
{
    public Audience Audience { get; init; } = Audience.Instance;

    /// <summary>Whether refusals are told in the plainer form of the machine families.</summary>
    public bool PlainErrors { get; init; }

    /// <summary>Whether calls for one resource are limited apart from the others: Clerk does so for profile and metadata writes.</summary>
    public bool LimitedByResource { get; init; }

    /// <summary>Whether the instance's limit does not count it.</summary>
    public bool Unlimited { get; init; }

    /// <summary>Whether the body is an array of objects, as the bulk operations have it.</summary>
    public bool TakesList { get; init; }

    /// <summary>Whether the body is a form with a file.</summary>
    public bool TakesFile { get; init; }
}
