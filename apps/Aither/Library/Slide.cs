namespace Aither.Library;

public sealed record Slide(string Id, string Title, long Pages, string Url);
