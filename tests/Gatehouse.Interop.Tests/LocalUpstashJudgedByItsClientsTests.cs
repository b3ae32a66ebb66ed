namespace Gatehouse.Interop.Tests;

/// <summary>The official clients, unmodified, take the local Upstash for Upstash. Each file has a fresh one.</summary>
public sealed class LocalUpstashJudgedByItsClientsTests
{
    public static TheoryData<string> Files =>
    [
        .. Directory.EnumerateFiles(Path.Combine(NodeProgram.Folder, "upstash"), "*.test.mjs")
            .Select(Path.GetFileName)
            .OfType<string>()
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Official_clients_are_served(string file)
    {
        NodeProgram.RequireInstalled();
        await using var upstash = await FreshLocalUpstash.StartAsync();

        await NodeTestRun.AssertAllPassAsync($"upstash/{file}", FreshLocalUpstash.Environment(upstash));
    }
}
