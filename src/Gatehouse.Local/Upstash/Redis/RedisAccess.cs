namespace Gatehouse.Local.Upstash.Redis;

/// <summary>In whose name commands are sent.</summary>
internal enum RedisAccess
{
    /// <summary>The local Upstash itself.</summary>
    Own,

    /// <summary>The standard token.</summary>
    Standard,

    /// <summary>The read-only token.</summary>
    ReadOnly,
}
