namespace Gatehouse.Sqlite.Internal;

/// <summary>What an app's database is called and made of.</summary>
internal sealed record DatabaseScripts(string Name, string Schema, string? Seed);
