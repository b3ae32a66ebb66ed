using System.Buffers;
using System.Text.Json;
using Gatehouse.Tokens;

namespace Gatehouse.Host.Tokens;

/// <summary>Answers a share of the lines into a buffer of its own.</summary>
internal sealed class BatchWorker(TokenGate gate)
{
    private readonly ArrayBufferWriter<byte> _answers = new();

    public ReadOnlyMemory<byte> Answers => _answers.WrittenMemory;

    /// <summary>Whether every token of the last share was accepted.</summary>
    public bool AllAccepted { get; private set; }

    public async Task AnswerAsync(IReadOnlyList<ReadOnlyMemory<byte>?> lines, int first, int end, CancellationToken cancellationToken)
    {
        _answers.ResetWrittenCount();
        AllAccepted = true;
        await using var json = new Utf8JsonWriter(_answers);
        for (var n = first; n < end; n++)
        {
            var answer = lines[n] is { } line && BatchLine.ReadToken(line.Span) is { } token
                ? await gate.VerifyAsync(token, cancellationToken)
                : GateAnswer.Refused(TokenFailure.Malformed);
            AllAccepted &= answer.Result.Succeeded;
            json.Reset();
            VerifyAnswer.Write(json, answer);
            _answers.Write("\n"u8);
        }
    }
}
