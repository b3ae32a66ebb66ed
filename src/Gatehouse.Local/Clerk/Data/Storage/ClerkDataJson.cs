using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Clerk.Data.Storage;

/// <summary>Everything that one instance holds, as JSON and back: for snapshots and for the data file.</summary>
/// <remarks>Called inside the gate. What is read shares no object with what was written.</remarks>
internal static class ClerkDataJson
{
    private static readonly JsonWriterOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static byte[] Write(ClerkData data)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Written))
        {
            json.WriteStartObject();
            foreach (var section in DataSections.All)
            {
                json.WritePropertyName(section.Name);
                section.Write(json, data);
                json.Flush();
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">These are not the data of a local Clerk of this version; the message says where.</exception>
    public static ClerkData Read(ReadOnlyMemory<byte> stored)
    {
        try
        {
            using var document = JsonDocument.Parse(stored, Strict);
            return Read(document.RootElement);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }
    }

    private static ClerkData Read(JsonElement stored)
    {
        var sections = DataSections.All;
        var names = stored.ValueKind == JsonValueKind.Object
            ? stored.EnumerateObject().Select(member => member.Name).ToList()
            : throw new InvalidDataException("not an object");
        if (names.Except(sections.Select(section => section.Name)).FirstOrDefault() is { } unknown)
        {
            throw new InvalidDataException($"{unknown}: a part that this version does not know");
        }

        var data = new ClerkData(KeyRing.Published());
        foreach (var section in sections)
        {
            ReadSection(section, stored, data);
        }

        return data;
    }

    private static void ReadSection(DataSection section, JsonElement stored, ClerkData data)
    {
        if (!stored.TryGetProperty(section.Name, out var value))
        {
            throw new InvalidDataException($"{section.Name}: missing");
        }

        try
        {
            section.Prepare?.Invoke(data);
            section.Read(value, data);
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or InvalidOperationException or InvalidDataException or CryptographicException)
        {
            throw new InvalidDataException($"{section.Name}: {fault.Message}", fault);
        }
    }
}
