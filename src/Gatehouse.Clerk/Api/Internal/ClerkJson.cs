using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gatehouse.Clerk.Api.Internal;

/// <summary>How Clerk's JSON maps to types, made when the project is built: nothing is looked up by reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UnixMilliseconds)])]
[JsonSerializable(typeof(Wire.ErrorEnvelope))]
[JsonSerializable(typeof(Wire.Page<ClerkSession>), TypeInfoPropertyName = "SessionPage")]
[JsonSerializable(typeof(Wire.Page<JwtTemplate>), TypeInfoPropertyName = "JwtTemplatePage")]
[JsonSerializable(typeof(Wire.Page<Machine>), TypeInfoPropertyName = "MachinePage")]
[JsonSerializable(typeof(Wire.M2MTokenPage))]
[JsonSerializable(typeof(Wire.Count))]
[JsonSerializable(typeof(Wire.SessionToken))]
[JsonSerializable(typeof(Wire.CreateSession))]
[JsonSerializable(typeof(Wire.CreateSessionToken))]
[JsonSerializable(typeof(Wire.RefreshSession))]
[JsonSerializable(typeof(Wire.Cookies))]
[JsonSerializable(typeof(Wire.HandshakePayload))]
[JsonSerializable(typeof(Wire.CreateM2MToken))]
[JsonSerializable(typeof(Wire.VerifyM2MToken))]
[JsonSerializable(typeof(Wire.Revocation))]
[JsonSerializable(typeof(Wire.Page<ApiKey>), TypeInfoPropertyName = "ApiKeyPage")]
[JsonSerializable(typeof(Wire.ApiKeySecret))]
[JsonSerializable(typeof(Wire.VerifyAccessToken))]
[JsonSerializable(typeof(CreateApiKeyRequest))]
[JsonSerializable(typeof(UpdateApiKeyRequest))]
[JsonSerializable(typeof(OAuthAccessToken))]
[JsonSerializable(typeof(Wire.MachineSecret))]
[JsonSerializable(typeof(Wire.RotateMachineSecret))]
[JsonSerializable(typeof(Wire.AddMachineScope))]
[JsonSerializable(typeof(IReadOnlyList<ClerkUser>), TypeInfoPropertyName = "Users")]
[JsonSerializable(typeof(CreateUserRequest))]
[JsonSerializable(typeof(UpdateUserRequest))]
[JsonSerializable(typeof(MetadataChange))]
[JsonSerializable(typeof(JwtTemplateRequest))]
[JsonSerializable(typeof(MachineRequest))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ClerkJson : JsonSerializerContext;
