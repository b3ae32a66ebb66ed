namespace Gatehouse.Local.Upstash.Redis;

/// <summary>What came is not the Redis protocol: the connection it came by is of no further use.</summary>
internal sealed class RespFormatException(string message) : IOException(message);
