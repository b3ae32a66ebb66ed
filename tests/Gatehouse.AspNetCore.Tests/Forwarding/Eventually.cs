namespace Gatehouse.AspNetCore.Tests.Forwarding;

/// <summary>Waits for what another process or thread will have done soon.</summary>
internal static class Eventually
{
    public static async Task AsTrue(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }
}
