namespace Aither.Library;

public sealed record Recording(string Id, string Title, DateTimeOffset RecordedAt, long Minutes, string Url);
