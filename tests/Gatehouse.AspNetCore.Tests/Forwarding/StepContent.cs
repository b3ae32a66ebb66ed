using System.Net;
using System.Text;
using System.Threading.Channels;

namespace Gatehouse.AspNetCore.Tests.Forwarding;

/// <summary>A request body that a test sends piece by piece.</summary>
internal sealed class StepContent : HttpContent
{
    private readonly Channel<(string Text, TaskCompletionSource Sent)> _pieces = Channel.CreateUnbounded<(string, TaskCompletionSource)>();

    public Task SendAsync(string text)
    {
        var sent = new TaskCompletionSource();
        _pieces.Writer.TryWrite((text, sent));
        return sent.Task;
    }

    public void End() => _pieces.Writer.Complete();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await foreach (var (text, sent) in _pieces.Reader.ReadAllAsync())
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
            await stream.FlushAsync();
            sent.SetResult();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
