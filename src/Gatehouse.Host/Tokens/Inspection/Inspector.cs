using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Gatehouse.Tokens;
using Gatehouse.Tokens.Internal;

namespace Gatehouse.Host.Tokens.Inspection;

/// <summary>
/// Takes a token apart with the verifier's own readers, so that both always see the same; only what it shows to people it reads by itself.
/// </summary>
internal static class Inspector
{
    public static async Task<InspectedToken> InspectAsync(string token, IKeySetSource? keys, GateSettings settings, CancellationToken cancellationToken)
    {
        var opaque = token.Length <= TokenVerifier.MaximumTokenLength ? OpaquePrefix.ClassOf(token) : TokenClass.None;
        var parts = opaque == TokenClass.None ? Decode(token) : null;
        var read = parts is null ? null : ReadClaims(token);
        var claims = read?.Claims;
        var tokenClass = claims?.Class ?? opaque;
        var now = settings.Clock.GetUtcNow();
        return new InspectedToken
        {
            IsOpaque = opaque != TokenClass.None,
            Class = tokenClass,
            Header = parts is null ? InspectedPart.Absent : Show(parts[0], HeaderWords.Of),
            Payload = parts is null ? InspectedPart.Absent : Show(parts[1], (name, value) => ClaimWords.Of(name, value, tokenClass, now)),
            SignatureLength = parts?[2].Length,
            Organization = claims?.Organization,
            Steps = await InspectedSteps.OfAsync(token, read, keys, settings, cancellationToken),
        };
    }

    // More generous than the verifier, which wants one text for one token: whoever asks what is wrong wants to see it.
    private static byte[][]? Decode(string token)
    {
        var parts = token.Length <= TokenVerifier.MaximumTokenLength ? token.Split('.') : [];
        return parts.Length == 3 && Array.TrueForAll(parts, part => Base64Url.IsValid(part))
            ? Array.ConvertAll(parts, part => Base64Url.DecodeFromChars(part))
            : null;
    }

    private static TokenResult? ReadClaims(string token) =>
        UnverifiedToken.TryRead(token, out var unverified)
            ? ClaimsReader.Read(unverified.Payload, unverified.Header, new TokenIssuer("nobody", new FixedKeySource(new KeySet())))
            : null;

    private static InspectedPart Show(byte[] part, Func<string, JsonElement, string> words)
    {
        if (!StrictJson.IsUtf8(part) || !StrictJson.IsStrict(part))
        {
            return new InspectedPart(null, Encoding.UTF8.GetString(part));
        }

        var json = JsonElement.Parse(part);
        return json.ValueKind == JsonValueKind.Object
            ? new InspectedPart([.. json.EnumerateObject().Select(member => new InspectedMember(member.Name, member.Value, words(member.Name, member.Value)))], "")
            : new InspectedPart(null, json.GetRawText());
    }
}
