using Gatehouse.Testbed;

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
        await using var clerk = await FreshLocalClerk.StartAsync();

        await NodeTestRun.AssertAllPassAsync(
            $"clerk/{file}",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["LOCAL_CLERK_URL"] = clerk.Urls.Single() });
    }
}
