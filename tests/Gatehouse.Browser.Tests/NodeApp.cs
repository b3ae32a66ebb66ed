using System.Diagnostics;

namespace Gatehouse.Browser.Tests;

/// <summary>A program of <c>tests/interop</c> that serves pages until the test is over.</summary>
internal sealed class NodeApp : IAsyncDisposable
{
    private readonly Process _process;

    private NodeApp(Process process, string address) => (_process, Address) = (process, address);

    public string Address { get; }

    public static async Task<NodeApp> StartAsync(string program, string clerkAddress)
    {
        Npm.RequirePackage("@clerk/express");
        var start = new ProcessStartInfo("node", [program])
        {
            WorkingDirectory = Npm.Folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["LOCAL_CLERK_URL"] = clerkAddress;
        start.Environment["CLERK_TELEMETRY_DISABLED"] = "1";
        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return new NodeApp(process, address ?? throw new InvalidOperationException($"{program} ended without an address."));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        _process.Dispose();
    }
}
