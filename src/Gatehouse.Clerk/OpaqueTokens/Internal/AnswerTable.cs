using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Gatehouse.Clerk.OpaqueTokens.Internal;

/// <summary>A bounded number of answers. Reading takes no lock; who is read stays longer.</summary>
/// <remarks>
/// When it is full, the oldest that was not read since it was last passed over makes room (second chance). An answer that holds no more
/// keeps its place until then: that Clerk once called a token good says that it is not made up.
/// </remarks>
internal sealed class AnswerTable(int capacity)
{
    private readonly ConcurrentDictionary<TokenDigest, Place> _places = new();
    private readonly Queue<Place> _order = new();
    private readonly Lock _gate = new();

    public int Count => _places.Count;

    public bool TryFind(TokenDigest digest, [NotNullWhen(true)] out Answer? answer)
    {
        answer = null;
        if (!_places.TryGetValue(digest, out var place))
        {
            return false;
        }

        place.WasRead = true;
        answer = place.Answer;
        return true;
    }

    public void Put(TokenDigest digest, Answer answer)
    {
        lock (_gate)
        {
            if (_places.TryGetValue(digest, out var place))
            {
                place.Answer = answer;
                return;
            }

            MakeRoom();
            place = new Place(digest, answer);
            _places[digest] = place;
            _order.Enqueue(place);
        }
    }

    public void Remove(TokenDigest digest)
    {
        lock (_gate)
        {
            if (_places.TryRemove(digest, out var place))
            {
                place.IsGone = true;   // its turn in the order comes later
            }
        }
    }

    // One chance each: readers who come faster than this loop must not keep it going.
    private void MakeRoom()
    {
        for (var chances = _order.Count; _order.Count >= capacity; chances--)
        {
            var oldest = _order.Dequeue();
            if (oldest.IsGone)
            {
                continue;
            }

            if (oldest.WasRead && chances > 0)
            {
                oldest.WasRead = false;
                _order.Enqueue(oldest);
            }
            else
            {
                _places.TryRemove(oldest.Digest, out _);
            }
        }
    }

    private sealed class Place(TokenDigest digest, Answer answer)
    {
        private volatile Answer _answer = answer;
        private volatile bool _wasRead;

        public TokenDigest Digest { get; } = digest;

        public Answer Answer { get => _answer; set => _answer = value; }

        // Written only when it changes, so that threads that read the same token do not fight for its memory.
        public bool WasRead
        {
            get => _wasRead;
            set
            {
                if (_wasRead != value)
                {
                    _wasRead = value;
                }
            }
        }

        public bool IsGone { get; set; }
    }
}
