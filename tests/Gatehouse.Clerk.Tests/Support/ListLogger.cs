using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.Tests.Support;

/// <summary>Keeps what is logged, so that a test can read it and wait for it.</summary>
internal sealed class ListLogger<T> : ILogger<T>
{
    private readonly ConcurrentQueue<Entry> _entries = new();

    public IReadOnlyList<Entry> Entries => [.. _entries];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue(new Entry(logLevel, eventId.Id, formatter(state, exception), exception));

    internal sealed record Entry(LogLevel Level, int Id, string Message, Exception? Exception);
}
