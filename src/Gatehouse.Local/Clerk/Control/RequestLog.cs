namespace Gatehouse.Local.Clerk.Control;

/// <summary>The last requests, numbered, so that a test can ask what came after the last that it saw.</summary>
internal sealed class RequestLog
{
    private const int Most = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<LoggedRequest> _requests = new();
    private long _last;

    public void Add(Func<long, LoggedRequest> request)
    {
        lock (_gate)
        {
            _requests.Enqueue(request(++_last));
            if (_requests.Count > Most)
            {
                _requests.Dequeue();
            }
        }
    }

    public IReadOnlyList<LoggedRequest> After(long number)
    {
        lock (_gate)
        {
            return [.. _requests.Where(request => request.Number > number)];
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _requests.Clear();
            _last = 0;
        }
    }
}
