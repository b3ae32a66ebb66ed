using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Gatehouse.Host.Tests.Tokens;

public sealed class BatchTests : IDisposable
{
    private const int LongestLine = 4 * 1024 * 1024;
    private const string Malformed = """{"ok":false,"reason":"malformed"}""";

    private readonly TokenTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Lines_are_answered_in_their_order()
    {
        var tokens = Enumerable.Range(0, 16).Select(n => _tool.Forge.Session(claims => claims["jti"] = $"n{n}")).ToArray();
        var lines = Enumerable.Range(0, 5000).Select(n => n % 3 == 0 ? "x" : Line(tokens[n % 16])[..^1]).ToList();
        var run = await _tool.BatchAsync(string.Join('\n', lines));
        Assert.Equal((1, 5000), (run.ExitCode, run.Lines.Length));
        Assert.All(run.Lines.Index(), answer =>
        {
            if (answer.Index % 3 == 0)
            {
                Assert.Equal(Malformed, answer.Item);
            }
            else
            {
                Assert.Contains($"\"jti\":\"n{answer.Index % 16}\"", answer.Item, StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public async Task Exit_code_says_whether_all_were_accepted()
    {
        var (good, bad) = (Line(_tool.Forge.Session()), Line(_tool.Forge.Template()));
        Assert.Equal(0, (await _tool.BatchAsync(good + good)).ExitCode);
        Assert.Equal(1, (await _tool.BatchAsync(bad + good)).ExitCode);
        Assert.Equal(1, (await _tool.BatchAsync(string.Concat(Enumerable.Repeat(good, 100)) + bad + string.Concat(Enumerable.Repeat(good, 100)))).ExitCode);
        Assert.Equal((0, ""), (await _tool.BatchAsync("")) is var none ? (none.ExitCode, none.Output) : default);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"{token}\"")]
    [InlineData("{token}")]
    [InlineData("[\"{token}\"]")]
    [InlineData("{}")]
    [InlineData("{\"token\":null}")]
    [InlineData("{\"token\":7}")]
    [InlineData("{\"token\":[\"{token}\"]}")]
    [InlineData("{\"token\":{}}")]
    [InlineData("{\"Token\":\"{token}\"}")]
    [InlineData("{\"token\":\"{token}\",\"id\":1}")]
    [InlineData("{\"id\":1,\"token\":\"{token}\"}")]
    [InlineData("{\"token\":\"{token}\",\"token\":\"{token}\"}")]
    [InlineData("{\"token\":\"{token}\"} {}")]
    [InlineData("{\"token\":\"{token}\"},")]
    [InlineData("{\"token\":\"{token}\",}")]
    [InlineData("{\"token\":\"{token}\"")]
    [InlineData("{\"token\":\"{token}")]
    [InlineData("{\"token\"")]
    [InlineData("{'token':'{token}'}")]
    [InlineData("{\"token\":\"{token}\"} // why")]
    [InlineData("{\"token\":\"\\ud800\"}")]
    [InlineData("\uFEFF{\"token\":\"{token}\"}")]
    [InlineData("{\"token\":\"\"}")]
    [InlineData("{\"token\":\"{token}\\n\"}")]
    public async Task Any_other_line_is_malformed(string line)
    {
        var good = _tool.Forge.Session();
        var run = await _tool.BatchAsync($"{line.Replace("{token}", good, StringComparison.Ordinal)}\n{Line(good)}");
        Assert.Equal((1, 2, Malformed), (run.ExitCode, run.Lines.Length, run.Lines[0]));
        Assert.StartsWith("""{"ok":true""", run.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_that_is_no_text_is_malformed()
    {
        var run = await TokenTool.RunAsync([.. "{\"token\":\""u8, 0xff, .. "\"}\n"u8], "token", "verify", "--jwks", _tool.Jwks, "--batch");
        Assert.Equal(Malformed + "\n", run.Output);
    }

    [Fact]
    public async Task Escapes_and_spaces_that_JSON_allows_are_read()
    {
        var token = _tool.Forge.Session();
        var run = await _tool.BatchAsync($"  {{ \"\\u0074oken\" : \"{token.Replace(".", "\\u002e", StringComparison.Ordinal)}\" }} \r\n\t{Line(token)[..^1]}");
        Assert.Equal((0, 2), (run.ExitCode, run.Lines.Length));
    }

    [Fact]
    public async Task Line_of_4_MiB_is_read_and_a_longer_one_is_passed_over()
    {
        var padded = Line(new string('A', LongestLine - Line("").Length + 1))[..^1];
        Assert.Equal(LongestLine, Encoding.UTF8.GetByteCount(padded));
        var good = Line(_tool.Forge.Session());
        var run = await _tool.BatchAsync($"{padded}\n{good}{padded[..^2]}A\"}}\n{good}{padded} ");
        Assert.Equal(5, run.Lines.Length);
        Assert.Equal("""{"ok":false,"reason":"too-large"}""", run.Lines[0]);
        Assert.StartsWith("""{"ok":true""", run.Lines[1], StringComparison.Ordinal);
        Assert.Equal(Malformed, run.Lines[2]);
        Assert.StartsWith("""{"ok":true""", run.Lines[3], StringComparison.Ordinal);
        Assert.Equal(Malformed, run.Lines[4]);
    }

    [Fact]
    public async Task Line_without_end_needs_no_memory_without_end()
    {
        var good = Line(_tool.Forge.Session());
        var before = GC.GetTotalAllocatedBytes(precise: true);
        using var input = new EndlessStream('{', length: 512 * 1024 * 1024, then: $"\n{good}");
        var run = await TokenTool.RunAsync(input, "token", "verify", "--jwks", _tool.Jwks, "--at", _tool.Now, "--batch");
        Assert.Equal(2, run.Lines.Length);
        Assert.Equal(Malformed, run.Lines[0]);
        Assert.StartsWith("""{"ok":true""", run.Lines[1], StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 128 * 1024 * 1024);
    }

    [Fact]
    public async Task Answer_is_there_before_the_next_line_is_sent()
    {
        using var tool = Process.Start(new ProcessStartInfo("dotnet", [typeof(GatehouseTool).Assembly.Location, "token", "verify", "--jwks", _tool.Jwks, "--at", _tool.Now, "--batch"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        foreach (var n in Enumerable.Range(0, 20))
        {
            await tool.StandardInput.WriteAsync(Line(_tool.Forge.Session(claims => claims["jti"] = $"n{n}")));
            await tool.StandardInput.FlushAsync();
            Assert.Contains($"\"jti\":\"n{n}\"", await tool.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        }

        tool.StandardInput.Close();
        Assert.Equal("", await tool.StandardOutput.ReadToEndAsync());
        await tool.WaitForExitAsync();
        Assert.Equal(0, tool.ExitCode);
    }

    internal static string Line(string token) => $"{JsonSerializer.Serialize(new { token })}\n";
}
