using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Testbed;

/// <summary>Keeps what was logged, exceptions included.</summary>
public sealed class LogBook : ILoggerProvider
{
    private readonly ConcurrentQueue<Line> _lines = new();

    public IReadOnlyList<Line> Lines => [.. _lines];

    /// <summary>What somebody must see to: errors, and whatever carries an exception.</summary>
    public IReadOnlyList<Line> Alarms => [.. _lines.Where(line => line.Level >= LogLevel.Error || line.Failure is not null)];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose() { }

    public sealed record Line(string Category, LogLevel Level, string Text, Exception? Failure);

    private sealed class Logger(LogBook book, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            book._lines.Enqueue(new Line(category, logLevel, formatter(state, exception), exception));
    }
}
