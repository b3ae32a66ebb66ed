using Gatehouse.Local.Clerk.Limits;

namespace Gatehouse.Local.Clerk.Frontend.Http;

/// <summary>One operation of the Frontend API. The handler runs while no other does, and must not wait.</summary>
internal sealed record FrontendOperation(Func<FrontendCall, FrontendAnswer> Handle)
{
    /// <summary>Whether it answers a browser whose development token is not known, by giving it another.</summary>
    public bool TakesAnyBrowser { get; init; }

    /// <summary>The limit of Clerk's that it falls under.</summary>
    public FrontendLimit Limit { get; init; }
}
