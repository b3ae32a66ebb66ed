using System.Text.Json;

namespace Gatehouse.Host.Tokens.Inspection;

/// <summary>A header member or a claim.</summary>
internal sealed record InspectedMember(string Name, JsonElement Value, string Words);
