using Gatehouse.Clerk.ServiceTokens.Internal;

namespace Gatehouse.Clerk.Tests.Support;

/// <summary>Mints <c>token-1</c>, <c>token-2</c>, … and can be held back or made to fail.</summary>
internal sealed class FakeMinter(TimeSpan lifetime) : IServiceTokenMinter
{
    private int _mints;
    private volatile TaskCompletionSource? _held;

    public Exception? Failure { get; set; }

    public int Forgotten { get; private set; }

    public int Mints => Volatile.Read(ref _mints);

    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release()
    {
        var held = _held!;
        _held = null;
        held.SetResult();
    }

    public async Task<MintedToken> MintAsync(DateTimeOffset asked, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _mints);
        if (_held is { } held)
        {
            await held.Task.WaitAsync(cancellationToken);
        }

        return Failure is { } failure ? throw failure : new MintedToken($"token-{number}", lifetime);
    }

    public void Forget() => Forgotten++;
}
