using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gatehouse.Host.Tests.Tokens;

/// <summary>What one command line ended with.</summary>
public sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public JsonObject Json => JsonNode.Parse(Output)!.AsObject();

    public string? Reason => Json["reason"]?.GetValue<string>();

    public string[] Lines => Output.Split('\n')[..^1];

    public void IsAccepted()
    {
        Assert.True(ExitCode == 0, Output + Error);
        Assert.True(Json["ok"]!.GetValue<bool>());
    }

    public void IsRefusedFor(string reason) =>
        Assert.Equal((1, JsonSerializer.Serialize(new { ok = false, reason }) + "\n"), (ExitCode, Output));

    public void IsWrongUsage(string because)
    {
        Assert.Equal((2, ""), (ExitCode, Output));
        Assert.Contains(because, Error, StringComparison.Ordinal);
    }
}
