using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Interop.Tests;

/// <summary>The official clients, unmodified, take the local Clerk for Clerk. Each file has a fresh one.</summary>
[Proves("A6", "A7", "A8")]
public sealed class LocalClerkJudgedByItsClientsTests
{
    public static TheoryData<string> Files =>
    [
        .. Directory.EnumerateFiles(Path.Combine(NodeProgram.Folder, "clerk"), "*.test.mjs")
            .Select(Path.GetFileName)
            .OfType<string>()
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Official_clients_are_served(string file)
    {
        NodeProgram.RequireInstalled();
        await using var clerk = LocalClerk.Build(
            [],
            configuration => configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]),
            services => services.AddLogging(logging => logging.ClearProviders()));
        await clerk.StartAsync(TestContext.Current.CancellationToken);

        await NodeTestRun.AssertAllPassAsync(
            $"clerk/{file}",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["LOCAL_CLERK_URL"] = clerk.Urls.Single() });
    }
}
