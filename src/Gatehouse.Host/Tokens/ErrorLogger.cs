using Microsoft.Extensions.Logging;

namespace Gatehouse.Host.Tokens;

/// <summary>Writes warnings and errors to standard error, one line each.</summary>
internal sealed class ErrorLogger<T>(TextWriter error) : ILogger<T>
{
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            var cause = exception is null ? "" : $": {exception.GetBaseException().Message}";
            error.WriteLine(TerminalText.Of(formatter(state, exception) + cause));
        }
    }
}
