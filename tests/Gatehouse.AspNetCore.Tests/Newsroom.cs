using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace Gatehouse.AspNetCore.Tests;

/// <summary>A hub that notes who is there, and repeats what it is told and by whom.</summary>
internal sealed class Newsroom : Hub
{
    public static ConcurrentDictionary<string, TaskCompletionSource> Gone { get; } = new();

    public string Say(string what) => $"{Context.UserIdentifier} says {what}";

    public override Task OnConnectedAsync()
    {
        Gone[Context.ConnectionId] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return Clients.Caller.SendAsync("welcome", Context.ConnectionId);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        Gone[Context.ConnectionId].TrySetResult();
        return Task.CompletedTask;
    }
}
