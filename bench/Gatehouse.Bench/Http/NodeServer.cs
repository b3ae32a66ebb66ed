using System.Diagnostics;
using System.Security.Cryptography;

namespace Gatehouse.Bench.Http;

/// <summary>A server of <c>bench/peers</c>, as a process of its own, which prints its address when it listens.</summary>
internal sealed class NodeServer : IDisposable
{
    private readonly Process _process;

    private NodeServer(Process process, string url) => (_process, Url) = (process, url);

    public string Url { get; }

    public static async Task<NodeServer> StartAsync(string script, string form, RSA rsa)
    {
        var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(Peer.Folder(), script), form])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["CLERK_JWT_KEY"] = rsa.ExportSubjectPublicKeyInfoPem(), ["CLERK_TELEMETRY_DISABLED"] = "1" },
        })!;
        var url = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{script} did not start");
        return new NodeServer(process, url);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
