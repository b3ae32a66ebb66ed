using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Gatehouse.Local.Upstash.Redis;

namespace Gatehouse.Local.Upstash.Rest;

/// <summary>
/// Upstash knows a flag in a script's first line that redis-server refuses (<c>allow-key-locking</c>). It is taken out before a script is
/// sent on, which changes the script's SHA-1; this table leads from the one that callers know to the other.
/// </summary>
internal sealed class ScriptTable
{
    private const string UnknownFlag = "allow-key-locking";

    private readonly ConcurrentDictionary<string, string> _sent = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The command as redis-server takes it.</summary>
    public RedisCommand Translate(RedisCommand command) => command.Name switch
    {
        "EVAL" or "EVAL_RO" => WithScript(command, 1),
        "EVALSHA" or "EVALSHA_RO" => WithDigest(command, 1),
        "SCRIPT" when command.Is(1, "LOAD") => WithScript(command, 2),
        "SCRIPT" when command.Is(1, "EXISTS") => Enumerable.Range(2, command.Arguments.Count - 2).Aggregate(command, WithDigest),
        _ => command,
    };

    /// <summary>The reply as its caller expects it: what has been loaded is known by the SHA-1 of what the caller sent.</summary>
    public static RespValue Translate(RedisCommand asked, RespValue reply) =>
        asked.Name == "SCRIPT" && asked.Is(1, "LOAD") && reply.Kind == RespKind.Bulk ? RespValue.Bulk(Digest(asked.Arguments[2].Span)) : reply;

    private RedisCommand WithScript(RedisCommand command, int index)
    {
        if (index >= command.Arguments.Count || WithoutUnknownFlag(command.Arguments[index]) is not { } script)
        {
            return command;
        }

        _sent[Digest(command.Arguments[index].Span)] = Digest(script);
        return command.With(index, script);
    }

    private RedisCommand WithDigest(RedisCommand command, int index) =>
        index < command.Arguments.Count && _sent.TryGetValue(Encoding.UTF8.GetString(command.Arguments[index].Span), out var digest)
            ? command.With(index, Encoding.UTF8.GetBytes(digest))
            : command;

    /// <summary>The script without the flag; null when it does not have it. Its lines keep their numbers.</summary>
    private static byte[]? WithoutUnknownFlag(ReadOnlyMemory<byte> script)
    {
        if (!script.Span.StartsWith("#!"u8))
        {
            return null;
        }

        var end = script.Span.IndexOf((byte)'\n');
        var line = Encoding.UTF8.GetString(end < 0 ? script.Span : script.Span[..end]);
        return line.Contains(UnknownFlag, StringComparison.Ordinal)
            ? [.. Encoding.UTF8.GetBytes(string.Join(' ', line.Split(' ').Select(Known).OfType<string>())), .. end < 0 ? [] : script.Span[end..]]
            : null;
    }

    private static string? Known(string word)
    {
        const string flags = "flags=";
        if (!word.StartsWith(flags, StringComparison.Ordinal))
        {
            return word;
        }

        var known = word[flags.Length..].TrimEnd('\r').Split(',').Where(flag => flag != UnknownFlag).ToList();
        return known.Count == 0 ? null : flags + string.Join(',', known);
    }

    private static string Digest(ReadOnlySpan<byte> script)
    {
#pragma warning disable CA5350 // It is the name that redis-server gives a script, and protects nothing.
        return Convert.ToHexStringLower(SHA1.HashData(script));
#pragma warning restore CA5350
    }
}
