using System.Text;
using Gatehouse.Host.Tokens;
using Gatehouse.Testbed;

namespace Gatehouse.Host.Tests.Tokens;

public sealed class LineReaderTests
{
    private const int Longest = 12;

    [Fact]
    public async Task Lines_are_the_same_however_they_arrive()
    {
        var counts = Counts.Of("batch-lines");
        var random = counts.Random();
        for (var n = 0; n < counts.Count; n++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(120)).Select(_ => random.Next(6) == 0 ? '\n' : (char)('a' + random.Next(26))));
            Assert.Equal(Expected(text), await ReadAsync(text, random));
        }
    }

    private static List<string?> Expected(string text)
    {
        var lines = text.Split('\n').Select(line => line.Length > Longest ? null : line).ToList();
        if (text.Length == 0 || text[^1] == '\n')
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines;
    }

    private static async Task<List<string?>> ReadAsync(string text, Random random)
    {
        using var stream = new CrumblingStream(Encoding.ASCII.GetBytes(text), random);
        var reader = new LineReader(stream, Longest);
        var (some, all) = (new List<ReadOnlyMemory<byte>?>(), new List<string?>());
        while (await reader.ReadAsync(some, TestContext.Current.CancellationToken))
        {
            all.AddRange(some.Select(line => line is { } whole ? Encoding.ASCII.GetString(whole.Span) : null));
        }

        return all;
    }

    // Gives a few bytes at a time, as a slow pipe does.
    private sealed class CrumblingStream(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(1, 9))], cancellationToken);
    }
}
