namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>An event that was raised, with its <c>data</c> as JSON.</summary>
internal sealed record RaisedEvent(string Type, ReadOnlyMemory<byte> Data);
