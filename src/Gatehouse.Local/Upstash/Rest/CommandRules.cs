using Gatehouse.Local.Upstash.Redis;

namespace Gatehouse.Local.Upstash.Rest;

/// <summary>Commands that no request can have, since it has no connection of its own. What redis-server refuses by itself is not here.</summary>
internal static class CommandRules
{
    /// <summary>The refusal of a command; null when it may be sent.</summary>
    public static RespValue? Refuse(RedisCommand command)
    {
        var isRefused = command.Name switch
        {
            // redis-server lets everybody have these.
            "AUTH" or "HELLO" or "QUIT" or "RESET" => true,

            // A transaction is a request of its own.
            "MULTI" or "EXEC" => true,

            // Reading streams is fine, waiting for them is not.
            "XREAD" or "XREADGROUP" => Enumerable.Range(1, command.Arguments.Count - 1)
                .TakeWhile(n => !command.Is(n, "STREAMS"))
                .Any(n => command.Is(n, "BLOCK")),
            _ => false,
        };
        return isRefused ? RespValue.Error(RestErrors.NotAvailable(command.Name)) : null;
    }

    /// <summary>A reply in Upstash's words: what redis-server does not know or does not let anybody have is not available there.</summary>
    public static RespValue Reword(RedisCommand command, RespValue reply, RedisAccess access)
    {
        var isUnavailable = reply.Kind == RespKind.Error
            && (reply.Bytes.Span.StartsWith("ERR unknown command"u8)
                || (access == RedisAccess.Standard && reply.Bytes.Span.StartsWith("NOPERM this user"u8)));
        return isUnavailable ? RespValue.Error(RestErrors.NotAvailable(command.Name)) : reply;
    }
}
