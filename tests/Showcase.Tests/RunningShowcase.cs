using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;

namespace Showcase.Tests;

/// <summary>The Showcase as people start it: a process of its own, on the ports that are promised.</summary>
public sealed class RunningShowcase : IAsyncLifetime
{
    private static readonly int[] Ports = [5080, 5400, 5404, 5410, 5411, 5420, 5421, 5430, 5440];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("showcase-");
    private Process? _process;

    public HttpClient Client { get; } = new();

    public string? WhyNot { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).Intersect(Ports).ToArray();
        if (taken.Length > 0)
        {
            WhyNot = $"port {taken[0]} is taken: is a Showcase running?";
            return;
        }

        _process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Showcase.dll")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["CLERK_SECRET_KEY"] = "", ["CLERK_PUBLISHABLE_KEY"] = "" },
        })!;

        // The line that says where the page is comes when all have started.
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("Showcase: ", StringComparison.Ordinal))
            {
                _ = _process.StandardOutput.ReadToEndAsync();
                _ = _process.StandardError.ReadToEndAsync();
                return;
            }
        }

        throw new InvalidOperationException($"the Showcase did not start: {await _process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>Ends it as Ctrl+C or a service manager would.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async Task<string> GetAsync(string address, HttpStatusCode expected = HttpStatusCode.OK, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using var response = await Client.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        Client.Dispose();
        _folder.Delete(recursive: true);
    }
}
