using System.Text;

namespace Gatehouse.Host.Tokens;

/// <summary>
/// Verifies line by line. Whatever lines are there at once are shared out among the processors, answered in their order, and flushed
/// before more is waited for: a peer that sends one line and waits gets its answer.
/// </summary>
internal sealed class TokenBatch(TokenGate gate, TextWriter output)
{
    /// <summary>The longest line that is looked at, in bytes, without its end.</summary>
    public const int LongestLine = 4 * 1024 * 1024;

    private const int FewestForOne = 16;

    private readonly List<BatchWorker> _workers = [];
    private char[] _text = [];

    /// <returns>Whether every token was accepted.</returns>
    public async Task<bool> RunAsync(Stream input, CancellationToken cancellationToken)
    {
        var reader = new LineReader(input, LongestLine);
        var lines = new List<ReadOnlyMemory<byte>?>();
        var allAccepted = true;
        while (await reader.ReadAsync(lines, cancellationToken))
        {
            var count = Math.Clamp(lines.Count / FewestForOne, 1, Environment.ProcessorCount);
            await Task.WhenAll(Enumerable.Range(0, count).Select(n => AnswerShareAsync(n, count, lines, cancellationToken)));
            foreach (var worker in _workers.Take(count))
            {
                allAccepted &= worker.AllAccepted;
                await WriteAsync(worker.Answers);
            }

            await output.FlushAsync(cancellationToken);
        }

        return allAccepted;
    }

    private Task AnswerShareAsync(int n, int count, List<ReadOnlyMemory<byte>?> lines, CancellationToken cancellationToken)
    {
        if (_workers.Count == n)
        {
            _workers.Add(new BatchWorker(gate));
        }

        var (worker, first, end) = (_workers[n], lines.Count * n / count, lines.Count * (n + 1) / count);
        return Task.Run(() => worker.AnswerAsync(lines, first, end, cancellationToken), cancellationToken);
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> answers)
    {
        if (_text.Length < answers.Length)
        {
            _text = new char[answers.Length * 2];
        }

        var length = Encoding.ASCII.GetChars(answers.Span, _text);
        await output.WriteAsync(_text.AsMemory(0, length));
    }
}
