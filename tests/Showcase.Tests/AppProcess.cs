using System.Diagnostics;

namespace Showcase.Tests;

/// <summary>An app as a process of its own, from when it answers until it is ended.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private readonly Process _process;

    private AppProcess(Process process) => _process = process;

    /// <param name="assembly">The app's file beside this test.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="healthUrl">What answers 200 once it is there.</param>
    /// <param name="settings">Its environment.</param>
    public static async Task<AppProcess> StartAsync(string assembly, string[] arguments, string healthUrl, IEnumerable<(string Name, string Value)> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var app = new AppProcess(Process.Start(start)!);
        app._process.BeginOutputReadLine();
        app._process.BeginErrorReadLine();
        await app.WaitAsync(healthUrl);
        return app;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private async Task WaitAsync(string healthUrl)
    {
        using var http = new HttpClient();
        while (true)
        {
            Assert.False(_process.HasExited, $"{_process.StartInfo.ArgumentList[0]} ended with {(_process.HasExited ? _process.ExitCode : 0)}");
            try
            {
                using var answer = await http.GetAsync(healthUrl, TestContext.Current.CancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not there yet.
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
