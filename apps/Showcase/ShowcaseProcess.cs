using Showcase.FrontPage;

namespace Showcase;

/// <summary>Starts the local services and the apps in one process, and stops them together.</summary>
public static class ShowcaseProcess
{
    /// <summary>Runs until Ctrl+C or SIGTERM.</summary>
    /// <returns>0 after a stop; 1 when something could not start, which standard error names.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        var neighbourhood = Neighbourhood.Of(environment);
        var running = new List<WebApplication>();
        try
        {
            foreach (var skipped in neighbourhood.Skipped)
            {
                Console.WriteLine(skipped);
            }

            foreach (var service in neighbourhood.Services)
            {
                running.Add(await StartAsync(service));
            }

            var page = FrontPageApp.Build(args, neighbourhood);
            running.Add(page);
            await page.StartAsync();
            Console.WriteLine($"Showcase: {Neighbourhood.FrontPageUrl}   (Ctrl+C stops it)");
            await Task.WhenAll(running.Select(app => app.WaitForShutdownAsync()));
            return 0;
        }
#pragma warning disable CA1031 // Whatever kept one from starting, the answer is its message and a clean end of those that had started.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
        finally
        {
            foreach (var app in Enumerable.Reverse(running))
            {
                await app.DisposeAsync();
            }
        }
    }

    private static async Task<WebApplication> StartAsync(ShowcaseService service)
    {
        var app = service.Build();
        try
        {
            await app.StartAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }
}
