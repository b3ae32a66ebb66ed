using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Tests;

/// <summary>Keeps what was logged.</summary>
internal sealed class LogBook : ILoggerProvider
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose() { }

    private sealed class Logger(LogBook book) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            book.Lines.Enqueue((logLevel, $"{formatter(state, exception)} {exception}"));
    }
}
