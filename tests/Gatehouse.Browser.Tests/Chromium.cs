using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Gatehouse.Browser.Tests.Chromium))]

namespace Gatehouse.Browser.Tests;

/// <summary>The one browser of this project. Each test has a context of its own, which shares nothing with the others.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Path = "/usr/bin/chromium";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (File.Exists(Path))
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Path,
                Args =
                [
                    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
                    // Clerk's client takes a browser that says it is driven for a robot, and every refusal for a lost network.
                    "--disable-blink-features=AutomationControlled",
                ],
            });
        }
    }

    /// <summary>A new browser profile. The running test is skipped, by name of what is missing, where there is no browser.</summary>
    /// <param name="scripts">Whether pages run scripts.</param>
    public async Task<IBrowserContext> NewContextAsync(bool scripts = true)
    {
        if (_browser is null)
        {
            Assert.Skip($"Chromium is not installed at {Path}");
        }

        return await _browser.NewContextAsync(new() { JavaScriptEnabled = scripts });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
