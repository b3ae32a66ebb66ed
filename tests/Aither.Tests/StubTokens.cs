using Gatehouse.Clerk.ServiceTokens;

namespace Aither.Tests;

/// <summary>A source of tokens as a test wants it: numbered ones, those of a function, or none.</summary>
internal sealed class StubTokens(Func<int, string> make) : IServiceTokenSource
{
    private int _number = 1;

    public List<string> Invalidated { get; } = [];

    public int Asked { get; private set; }

    public Exception? Failure { get; set; }

    public ValueTask<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        Asked++;
        return Failure is { } failure ? throw failure : ValueTask.FromResult(make(_number));
    }

    public void Invalidate(string token)
    {
        Invalidated.Add(token);
        _number++;
    }

    public void Clear() => _number++;
}
