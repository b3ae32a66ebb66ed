using System.Text.Json;
using Analyzer.Requests;

namespace Analyzer.Chat;

/// <summary>Reads a message from JSON.</summary>
internal static class ChatReader
{
    public const string Message = "message";
    public const int MaximumLength = 4_000;

    /// <returns>Null if there are faults.</returns>
    public static string? Read(JsonElement body, FaultList faults)
    {
        var members = StrictObject.Read(body, [Message], faults);
        var message = body.ValueKind == JsonValueKind.Object ? StrictObject.ReadText(members, Message, MaximumLength, faults) : null;
        return faults.IsEmpty ? message : null;
    }
}
