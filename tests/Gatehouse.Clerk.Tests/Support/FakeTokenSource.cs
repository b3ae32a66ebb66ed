using Gatehouse.Clerk.ServiceTokens;

namespace Gatehouse.Clerk.Tests.Support;

/// <summary>Gives its tokens in turn, the next one only when the one before was dropped; the last one stays.</summary>
internal sealed class FakeTokenSource(params string[] tokens) : IServiceTokenSource
{
    private int _current;

    public List<string> Dropped { get; } = [];

    public ValueTask<string> GetTokenAsync(CancellationToken cancellationToken) =>
        tokens.Length > 0 ? ValueTask.FromResult(tokens[_current]) : throw new ServiceTokenException(new InvalidOperationException("none"));

    public void Invalidate(string token)
    {
        Dropped.Add(token);
        _current = Math.Min(_current + 1, tokens.Length - 1);
    }

    public void Clear() => _current = 0;
}
