using System.Globalization;
using System.Text;
using Gatehouse.Testbed;

namespace Gatehouse.Host.Tests.Tokens;

/// <summary><c>gatehouse token</c> with an instance's keys in files, at a time that stands still.</summary>
public sealed class TokenTool : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gatehouse-token-");

    public TokenTool()
    {
        Forge = new TokenForge(Clock);
        Jwks = Write("jwks.json", Forge.Jwks);
        Pem = Write("key.pem", Forge.PublicPem);
    }

    public TestClock Clock { get; } = new();

    public TokenForge Forge { get; }

    public string Jwks { get; }

    public string Pem { get; }

    public string Now => Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Verifies with the instance's key set, unless the options name another.</summary>
    public Task<ToolRun> VerifyAsync(string token, params string[] options) =>
        RunAsync("", ["token", "verify", .. options.Contains("--jwks") ? [] : new[] { "--jwks", Jwks }, "--at", Now, .. options, "--", token]);

    public Task<ToolRun> BatchAsync(string lines, params string[] options) =>
        RunAsync(lines, ["token", "verify", "--jwks", Jwks, "--at", Now, "--batch", .. options]);

    public Task<ToolRun> InspectAsync(string token, params string[] options) =>
        RunAsync("", ["token", "inspect", "--at", Now, .. options, "--", token]);

    public static Task<ToolRun> RunAsync(string input, params string[] args) => RunAsync(Encoding.UTF8.GetBytes(input), args);

    public static Task<ToolRun> RunAsync(byte[] input, params string[] args) => RunAsync(new MemoryStream(input), args);

    public static async Task<ToolRun> RunAsync(Stream input, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter();
        var exitCode = await GatehouseTool.RunAsync(args, output, error, input);
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
