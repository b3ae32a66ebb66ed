namespace Gatehouse.Local.Upstash.Redis;

/// <summary>The connection ended before the reply came. Whether the command was run is not known.</summary>
internal sealed class RedisAwayException(Exception? cause) : IOException("The connection to redis-server has ended.", cause);
