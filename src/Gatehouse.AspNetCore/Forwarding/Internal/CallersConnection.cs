using Microsoft.AspNetCore.Connections;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

internal static class CallersConnection
{
    /// <summary>Whether a failure says that the caller's connection is gone: these are the server's exceptions, and the upstream's never.</summary>
    public static bool IsLost(Exception failure) => failure is ConnectionResetException or ConnectionAbortedException;
}
