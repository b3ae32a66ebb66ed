namespace Gatehouse.Local.Upstash.Redis;

/// <summary>
/// What each token may do, as users of redis-server, which then judges each command by itself and within scripts too. Nobody is given
/// what would change the connection that all share, keep it waiting, or reach beyond the data.
/// </summary>
/// <remarks>Upstash, "REST API", "Security and authentication": the read-only token has the reading commands, without SCAN and KEYS.</remarks>
internal static class RedisUsers
{
    private const string Standard = "standard";
    private const string ReadOnly = "read-only";

    private static readonly string[] Everything =
    [
        "ACL", "SETUSER", Standard, "reset", "on", "nopass", "~*", "&*", "+@all",
        "-@admin", "-@blocking", "-@connection", "-@transaction", "+xread", "+xreadgroup", "+ping", "+echo", "+command", "+multi", "+exec",
        "-subscribe", "-psubscribe", "-ssubscribe", "-unsubscribe", "-punsubscribe", "-sunsubscribe", "-migrate", "-swapdb", "-script|debug",
    ];

    private static readonly string[] Reading =
    [
        "ACL", "SETUSER", ReadOnly, "reset", "on", "nopass", "~*", "&*", "+@read", "-@dangerous", "-@blocking", "-scan", "-keys",
        "+ping", "+echo", "+multi", "+exec",
    ];

    /// <summary>What makes them, on a server that has just been started.</summary>
    public static IReadOnlyList<RedisCommand> Creation { get; } = [RedisCommand.Of(Everything), RedisCommand.Of(Reading)];

    /// <summary>What a new connection begins with.</summary>
    public static RedisCommand Entry(RedisAccess access) => access switch
    {
        RedisAccess.Standard => RedisCommand.Of("AUTH", Standard, ""),
        RedisAccess.ReadOnly => RedisCommand.Of("AUTH", ReadOnly, ""),
        _ => RedisCommand.Of("PING"),
    };
}
