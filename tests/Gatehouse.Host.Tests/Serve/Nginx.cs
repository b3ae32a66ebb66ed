using System.Diagnostics;
using System.Net.Sockets;

namespace Gatehouse.Host.Tests.Serve;

/// <summary>A real nginx with the configuration that the documents show.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private const string Program = "/usr/sbin/nginx";

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private Nginx(Process process, DirectoryInfo folder) => (_process, _folder) = (process, folder);

    /// <param name="address">Where it listens in this test.</param>
    /// <param name="addresses">What stands in the document, and what it is in this test.</param>
    public static async Task<Nginx> StartAsync(string address, params (string Written, string Here)[] addresses)
    {
        Assert.SkipUnless(File.Exists(Program), "no nginx");
        var folder = Directory.CreateTempSubdirectory("nginx-");
        var site = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "forward-auth", "nginx.conf"), TestContext.Current.CancellationToken);
        foreach (var (written, here) in addresses)
        {
            Assert.Contains(written, site, StringComparison.Ordinal);
            site = site.Replace(written, here, StringComparison.Ordinal);
        }

        var file = Path.Combine(folder.FullName, "nginx.conf");
        await File.WriteAllTextAsync(
            file,
            $$"""
            daemon off;
            master_process off;
            pid pid;
            error_log error.log;
            events { }
            http {
                access_log off;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                {{site}}
            }
            """,
            TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(Program, ["-p", folder.FullName, "-e", Path.Combine(folder.FullName, "start.log"), "-c", file])
        {
            UseShellExecute = false,
        };
        var nginx = new Nginx(Process.Start(start)!, folder);
        await nginx.WaitAsync(new Uri(address));
        return nginx;
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
            Assert.False(_process.HasExited, "nginx ended");
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
