namespace Gatehouse.Host.Tokens;

/// <summary>A clock that stands at one moment (<c>--at</c>).</summary>
internal sealed class StoppedClock(DateTimeOffset at) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => at;
}
