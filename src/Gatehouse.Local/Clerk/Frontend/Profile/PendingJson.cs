using System.Text.Json;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Frontend.Profile;

/// <summary>An address or a number as its owner sees it: with how far its proof has come, which the Backend API does not tell.</summary>
internal static class PendingJson
{
    private const string Member = "verification";

    public static void Write(Utf8JsonWriter json, Action<Utf8JsonWriter> identification, Verification? pending, long now)
    {
        if (pending is null)
        {
            identification(json);
            return;
        }

        using var backend = JsonDocument.Parse(AnswerWriter.Render(identification));
        json.WriteStartObject();
        foreach (var member in backend.RootElement.EnumerateObject())
        {
            if (member.Name == Member)
            {
                VerificationJson.WriteOrNull(json, Member, pending, now);
            }
            else
            {
                member.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }
}
