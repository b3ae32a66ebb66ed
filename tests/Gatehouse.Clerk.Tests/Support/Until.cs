namespace Gatehouse.Clerk.Tests.Support;

/// <summary>Waits for what another thread is about to do, without letting time decide.</summary>
internal static class Until
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task TrueAsync(Func<bool> condition)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Limit, "what was waited for did not happen");
            await Task.Yield();
        }
    }
}
