using System.Text;
using System.Text.Json;

namespace Hemera.Participations;

/// <summary>Reads a change of a result from JSON by hand, so that each fault is named and none is an exception's text.</summary>
internal static class ResultUpdateReader
{
    public const string Outcome = "resultOutcome";
    public const string Notes = "resultNotes";

    private const int MaximumFaults = 20;

    // Bytes that are not UTF-8 are a fault here, and not replacement characters in the database.
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>Null if there are faults.</returns>
    /// <param name="body">The request's body.</param>
    /// <param name="faults">What is wrong with it.</param>
    public static ResultUpdate? Read(ReadOnlySpan<byte> body, ICollection<RequestFault> faults)
    {
        if (body.IsEmpty)
        {
            faults.Add(new RequestFault("invalid_json", [], $"send a JSON object with {Outcome}, {Notes}, or both"));
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(StrictUtf8.GetString(body));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? ReadObject(document.RootElement, faults)
                : Fail(faults, "invalid_type", [], $"must be an object, not {NameOf(document.RootElement.ValueKind)}");
        }
        catch (Exception malformed) when (malformed is JsonException or DecoderFallbackException)
        {
            return Fail(faults, "invalid_json", [], "is not JSON");
        }
    }

    private static ResultUpdate? ReadObject(JsonElement body, ICollection<RequestFault> faults)
    {
        var update = new ResultUpdate();
        foreach (var member in body.EnumerateObject())
        {
            if (faults.Count == MaximumFaults)
            {
                return null;
            }

            update = member.NameEquals(Outcome) ? ReadOutcome(member.Value, update, faults)
                : member.NameEquals(Notes) ? ReadNotes(member.Value, update, faults)
                : Unknown(member, update, faults);
        }

        return faults.Count == 0 ? update : null;
    }

    private static ResultUpdate ReadOutcome(JsonElement value, ResultUpdate update, ICollection<RequestFault> faults)
    {
        CheckOnce(update.HasOutcome, Outcome, faults);
        return update with { HasOutcome = true, Outcome = ReadText(value, Outcome, ResultUpdate.MaximumOutcomeLength, faults) };
    }

    private static ResultUpdate ReadNotes(JsonElement value, ResultUpdate update, ICollection<RequestFault> faults)
    {
        CheckOnce(update.HasNotes, Notes, faults);
        return update with { HasNotes = true, Notes = ReadText(value, Notes, ResultUpdate.MaximumNotesLength, faults) };
    }

    private static ResultUpdate Unknown(JsonProperty member, ResultUpdate update, ICollection<RequestFault> faults)
    {
        faults.Add(new RequestFault("unrecognized_keys", Text(() => member.Name) is { } name ? [name] : [], $"is unknown; {Outcome} and {Notes} are known"));
        return update;
    }

    private static void CheckOnce(bool seen, string name, ICollection<RequestFault> faults)
    {
        if (seen)
        {
            // Readers disagree on which of the two counts: none does.
            faults.Add(new RequestFault("duplicate_key", [name], "is there more than once"));
        }
    }

    private static string? ReadText(JsonElement value, string name, int maximumLength, ICollection<RequestFault> faults)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            faults.Add(new RequestFault("invalid_type", [name], $"must be a string or null, not {NameOf(value.ValueKind)}"));
            return null;
        }

        // SQLite ends a text at U+0000.
        if (Text(value.GetString!) is not { } text || text.Contains('\0', StringComparison.Ordinal))
        {
            faults.Add(new RequestFault("invalid_string", [name], "holds a lone surrogate or U+0000"));
            return null;
        }

        if (text.Length > maximumLength)
        {
            faults.Add(new RequestFault("too_big", [name], $"must be at most {maximumLength} characters"));
        }

        return text;
    }

    /// <returns>Null for a text that escapes make no text of, such as half a surrogate pair.</returns>
    private static string? Text(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static ResultUpdate? Fail(ICollection<RequestFault> faults, string code, IReadOnlyList<string> path, string message)
    {
        faults.Add(new RequestFault(code, path, message));
        return null;
    }

    private static string NameOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}
