namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>A name of this machine resolves to an address elsewhere.</summary>
internal sealed class NotLoopbackException(string host) : Exception($"{host} resolves to no loopback address.");
