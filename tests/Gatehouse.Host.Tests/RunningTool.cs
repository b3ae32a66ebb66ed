using System.Text;

namespace Gatehouse.Host.Tests;

/// <summary>A command that goes on until it is ended.</summary>
public sealed class RunningTool : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly SignallingWriter _errors = new();
    private readonly StringWriter _output = new();
    private readonly Task<int> _running;

    private RunningTool(string arguments) =>
        _running = GatehouseTool.RunAsync(arguments.Split(' '), _output, _errors, environment: _ => null, cancellationToken: _ended.Token);

    public string Output => _output.ToString().TrimEnd();

    public string Errors => _errors.ToString();

    /// <summary>Starts it and waits until it says that it is there.</summary>
    public static async Task<RunningTool> StartAsync(string arguments)
    {
        var tool = new RunningTool(arguments);
        var first = await Task.WhenAny(tool._running, tool._errors.Told).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.True(first == tool._errors.Told, $"It ended: {tool.Errors}");
        return tool;
    }

    /// <summary>Ends it as Ctrl+C does; its exit code.</summary>
    public async Task<int> EndAsync()
    {
        await _ended.CancelAsync();
        return await _running.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _ended.Dispose();
    }

    private sealed class SignallingWriter : StringWriter
    {
        private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Told => _told.Task;

        public override Encoding Encoding => Encoding.UTF8;

        public override async Task WriteLineAsync(string? value)
        {
            await base.WriteLineAsync(value);
            _told.TrySetResult();
        }
    }
}
