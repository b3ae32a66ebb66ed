using Gatehouse.Local.Clerk;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Interop.Tests;

/// <summary>A local Clerk of a test's own, on a free port and by the machine's clock.</summary>
internal static class FreshLocalClerk
{
    public static async Task<WebApplication> StartAsync()
    {
        var clerk = LocalClerk.Build(
            [],
            configuration => configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]),
            services => services.AddLogging(logging => logging.ClearProviders()));
        await clerk.StartAsync(TestContext.Current.CancellationToken);
        return clerk;
    }
}
