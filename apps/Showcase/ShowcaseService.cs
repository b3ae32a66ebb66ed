namespace Showcase;

/// <summary>One server of the neighbourhood.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Summary">What it does here, in a sentence.</param>
/// <param name="Url">Where it listens.</param>
/// <param name="HealthPath">What answers 200 while it is well.</param>
/// <param name="Build">Makes it.</param>
/// <param name="Links">Pages worth opening, by their paths.</param>
public sealed record ShowcaseService(
    string Name,
    string Summary,
    string Url,
    string HealthPath,
    Func<WebApplication> Build,
    params IReadOnlyList<string> Links);
