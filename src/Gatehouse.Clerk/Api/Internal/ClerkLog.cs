using Gatehouse.Clerk.Internal;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.Api.Internal;

internal static partial class ClerkLog
{
    [LoggerMessage(EventIds.ClerkCallRepeated, LogLevel.Warning,
        "Clerk call {Method} {Path} failed on attempt {Attempt} with {Outcome}; next try in {Delay}")]
    public static partial void Repeated(ILogger logger, HttpMethod method, string? path, int attempt, string outcome, TimeSpan delay);
}
