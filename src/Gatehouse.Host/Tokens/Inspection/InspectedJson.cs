using System.Buffers;
using System.Text;
using System.Text.Json;
using Gatehouse.Tokens;

namespace Gatehouse.Host.Tokens.Inspection;

/// <summary>An inspection for programs: one JSON object, in ASCII.</summary>
internal static class InspectedJson
{
    public static string Of(InspectedToken token)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            Write(json, token);
        }

        return Encoding.ASCII.GetString(buffer.WrittenSpan) + Environment.NewLine;
    }

    private static void Write(Utf8JsonWriter json, InspectedToken token)
    {
        json.WriteStartObject();
        json.WriteBoolean("verified", false);
        json.WriteString("note", "nothing of this has been verified: it is what the token says of itself");
        json.WriteBoolean("token", token.IsToken);
        json.WriteBoolean("opaque", token.IsOpaque);
        json.WriteString("class", token.Class == TokenClass.None ? null : ClassNames.Of(token.Class));
        WritePart(json, "header", token.Header);
        WritePart(json, "claims", token.Payload);
        WriteOrganization(json, token.Organization);
        if (token.SignatureLength is { } length)
        {
            json.WriteNumber("signature_bytes", length);
        }

        WriteSteps(json, token.Steps);
        json.WriteEndObject();
    }

    private static void WritePart(Utf8JsonWriter json, string name, InspectedPart part)
    {
        if (part.Members is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        foreach (var member in part.Members)
        {
            json.WriteStartObject();
            json.WriteString("name", member.Name);
            json.WritePropertyName("value");
            member.Value.WriteTo(json);
            json.WriteString("words", member.Words);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOrganization(Utf8JsonWriter json, OrganizationClaims? organization)
    {
        if (organization is null)
        {
            json.WriteNull("organization");
            return;
        }

        json.WriteStartObject("organization");
        json.WriteString("id", organization.Id);
        json.WriteString("slug", organization.Slug);
        json.WriteString("role", organization.Role);
        json.WriteStartArray("permissions");
        foreach (var permission in organization.Permissions)
        {
            json.WriteStringValue(permission);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSteps(Utf8JsonWriter json, IReadOnlyList<InspectedStep> steps)
    {
        json.WriteStartArray("steps");
        foreach (var step in steps)
        {
            json.WriteStartObject();
            json.WriteString("name", step.Name);
            json.WriteString("state", step.State switch { StepState.Met => "met", StepState.Refused => "refused", _ => "not-looked-at" });
            json.WriteString("reason", step.Failure?.ToCode());
            json.WriteString("words", step.Words);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("objections");
        foreach (var failure in steps.Select(step => step.Failure).OfType<TokenFailure>().Distinct())
        {
            json.WriteStringValue(failure.ToCode());
        }

        json.WriteEndArray();
    }
}
