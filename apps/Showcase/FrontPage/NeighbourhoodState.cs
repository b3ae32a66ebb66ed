namespace Showcase.FrontPage;

/// <summary>How everybody is, as the page asks for it.</summary>
internal sealed record NeighbourhoodState(bool Local, IReadOnlyList<ServiceState> Services);
