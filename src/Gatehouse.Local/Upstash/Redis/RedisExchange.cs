namespace Gatehouse.Local.Upstash.Redis;

/// <summary>Commands that go out together, and whoever waits for their replies.</summary>
internal sealed class RedisExchange(IReadOnlyList<RedisCommand> commands)
{
    private readonly TaskCompletionSource<IReadOnlyList<RespValue>> _replies = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<RedisCommand> Commands { get; } = commands;

    public Task<IReadOnlyList<RespValue>> Replies => _replies.Task;

    public void Complete(IReadOnlyList<RespValue> replies) => _replies.TrySetResult(replies);

    public void Fail(Exception? cause) => _replies.TrySetException(new RedisAwayException(cause));
}
