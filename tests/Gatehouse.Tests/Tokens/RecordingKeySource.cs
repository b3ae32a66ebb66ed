using System.Collections.Concurrent;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

/// <summary>Writes down which keys were asked for, and answers like another source or as told.</summary>
internal sealed class RecordingKeySource(Func<string, KeyLookup> answer) : IKeySetSource
{
    public ConcurrentQueue<string> Asked { get; } = new();

    public ValueTask<KeyLookup> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        Asked.Enqueue(keyId);
        return ValueTask.FromResult(answer(keyId));
    }
}
