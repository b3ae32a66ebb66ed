using System.Text;
using System.Text.Json;
using Gatehouse.Local.Upstash.Redis;

namespace Gatehouse.Local.Upstash.Rest;

/// <summary>Reads commands as JSON: an array whose members are texts, numbers as they are written, truth values or null.</summary>
internal static class CommandJson
{
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 8 };

    /// <summary>Reads one command.</summary>
    /// <returns>The command, or what is wrong with the body.</returns>
    public static (RedisCommand? Command, string? Error) Read(ReadOnlyMemory<byte> body)
    {
        using var document = Parse(body);
        if (document is null || !TryRead(document.RootElement, out var arguments))
        {
            return (null, RestErrors.CommandMalformed);
        }

        return arguments.Count == 0 ? (null, RestErrors.CommandEmpty) : (new RedisCommand(arguments), null);
    }

    /// <summary>Reads several. Null when the body is no list of commands; an empty command among them is null itself.</summary>
    public static IReadOnlyList<RedisCommand?>? ReadMany(ReadOnlyMemory<byte> body)
    {
        using var document = Parse(body);
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var commands = new List<RedisCommand?>();
        foreach (var item in document.RootElement.EnumerateArray())
        {
            if (!TryRead(item, out var arguments))
            {
                return null;
            }

            commands.Add(arguments.Count == 0 ? null : new RedisCommand(arguments));
        }

        return commands;
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, Shallow);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool TryRead(JsonElement element, out List<ReadOnlyMemory<byte>> arguments)
    {
        arguments = [];
        if (element.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        foreach (var item in element.EnumerateArray())
        {
            if (Argument(item) is not { } text)
            {
                return false;
            }

            arguments.Add(Encoding.UTF8.GetBytes(text));
        }

        return true;
    }

    private static string? Argument(JsonElement item)
    {
        try
        {
            return item.ValueKind switch
            {
                JsonValueKind.String => item.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => item.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return null;   // half a surrogate pair: no text
        }
    }
}
