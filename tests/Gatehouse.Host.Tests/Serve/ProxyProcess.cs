using System.Diagnostics;
using System.Net.Sockets;

namespace Gatehouse.Host.Tests.Serve;

/// <summary>A real proxy with the configuration that the documents show.</summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private ProxyProcess(Process process, DirectoryInfo folder) => (_process, _folder) = (process, folder);

    /// <summary>Starts a proxy and waits until it listens; skips the test where the machine has none.</summary>
    public static async Task<ProxyProcess> StartAsync(
        string program,
        string address,
        string document,
        (string Written, string Here)[] addresses,
        Func<string, string> surround,
        Func<string, string, string[]> arguments)
    {
        Assert.SkipUnless(File.Exists(program), $"no {Path.GetFileName(program)}");
        var folder = Directory.CreateTempSubdirectory("proxy-");
        var site = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "forward-auth", document), TestContext.Current.CancellationToken);
        foreach (var (written, here) in addresses)
        {
            Assert.Contains(written, site, StringComparison.Ordinal);
            site = site.Replace(written, here, StringComparison.Ordinal);
        }

        var file = Path.Combine(folder.FullName, document);
        await File.WriteAllTextAsync(file, surround(site), TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(program, arguments(folder.FullName, file))
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = folder.FullName;
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        var proxy = new ProxyProcess(process, folder);
        await proxy.WaitAsync(new Uri(address));
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task WaitAsync(Uri address)
    {
        while (true)
        {
            Assert.False(_process.HasExited, "the proxy ended");
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gatehouse.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The repository's root is not above the tests.");
        }

        return folder.FullName;
    }
}
