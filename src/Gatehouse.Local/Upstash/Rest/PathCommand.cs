using System.Buffers;
using System.Text;
using Gatehouse.Local.Upstash.Redis;

namespace Gatehouse.Local.Upstash.Rest;

/// <summary>A command that is spelled in the address: <c>/set/key/value?EX=100</c>. A body stands between the path and the query.</summary>
/// <remarks>Upstash, "REST API", "API semantics" and "JSON or binary value".</remarks>
internal static class PathCommand
{
    private const string TokenParameter = "_token";

    /// <summary>Reads the command; null when an escape is none.</summary>
    /// <param name="target">The request's target as it was sent, since what is escaped in it may be a slash.</param>
    /// <param name="body">The request's body.</param>
    public static RedisCommand? Read(string target, ReadOnlyMemory<byte> body)
    {
        var arguments = new List<ReadOnlyMemory<byte>>();
        var (path, query) = Split(target, '?');
        if (!path.TrimStart('/').Split('/').All(segment => TryAdd(arguments, segment)))
        {
            return null;
        }

        if (body.Length > 0)
        {
            arguments.Add(body);
        }

        foreach (var parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Split(parameter, '=');
            if (name == TokenParameter)
            {
                continue;
            }

            if (!TryAdd(arguments, name.Replace('+', ' ')) || (value.Length > 0 && !TryAdd(arguments, value.Replace('+', ' '))))
            {
                return null;
            }
        }

        return new RedisCommand(arguments);
    }

    private static (string Before, string After) Split(string text, char at)
    {
        var position = text.IndexOf(at, StringComparison.Ordinal);
        return position < 0 ? (text, "") : (text[..position], text[(position + 1)..]);
    }

    private static bool TryAdd(List<ReadOnlyMemory<byte>> arguments, string escaped)
    {
        var bytes = new ArrayBufferWriter<byte>(escaped.Length + 1);
        for (var n = 0; n < escaped.Length; n++)
        {
            if (escaped[n] != '%')
            {
                Encoding.UTF8.GetBytes(escaped.AsSpan(n, 1), bytes);
                continue;
            }

            if (n + 2 >= escaped.Length || !char.IsAsciiHexDigit(escaped[n + 1]) || !char.IsAsciiHexDigit(escaped[n + 2]))
            {
                return false;
            }

            bytes.Write(Convert.FromHexString(escaped.AsSpan(n + 1, 2)));
            n += 2;
        }

        arguments.Add(bytes.WrittenMemory);
        return true;
    }
}
