using System.Text;

namespace Gatehouse.Local.Upstash.Redis;

/// <summary>A command and its arguments, as bytes.</summary>
/// <param name="Arguments">The name first; never empty.</param>
internal sealed record RedisCommand(IReadOnlyList<ReadOnlyMemory<byte>> Arguments)
{
    /// <summary>The command's name in capitals.</summary>
    public string Name { get; } = Text(Arguments[0]).ToUpperInvariant();

    public static RedisCommand Of(params IEnumerable<string> arguments) =>
        new([.. arguments.Select(argument => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(argument))]);

    /// <summary>Whether an argument is a word, in whichever case.</summary>
    public bool Is(int index, string word) =>
        index < Arguments.Count && string.Equals(Text(Arguments[index]), word, StringComparison.OrdinalIgnoreCase);

    /// <summary>The same command with another argument in one place.</summary>
    public RedisCommand With(int index, ReadOnlyMemory<byte> argument) =>
        new([.. Arguments.Select((old, n) => n == index ? argument : old)]);

    private static string Text(ReadOnlyMemory<byte> argument) => Encoding.UTF8.GetString(argument.Span);
}
