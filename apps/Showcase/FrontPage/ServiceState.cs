namespace Showcase.FrontPage;

internal sealed record ServiceState(string Name, string Summary, string Url, IReadOnlyList<string> Links, string Status);
