using System.Text.Json;

namespace Gatehouse.Tokens.Internal;

/// <summary>The four header members that decide something. What else a header carries (jku, x5u, jwk, oiat …) is never followed.</summary>
internal readonly record struct JoseHeader(string KeyId, HeaderAlgorithm Algorithm, HeaderType Type, HeaderCategory Category)
{
    /// <summary>Reads a header.</summary>
    /// <returns>Null when it is not a JSON object, names a member twice, or has one of the wrong type.</returns>
    public static JoseHeader? Read(ReadOnlySpan<byte> json)
    {
        if (!StrictJson.IsUtf8(json))
        {
            return null;
        }

        try
        {
            return ReadMembers(json);
        }
        catch (Exception refused) when (StrictJson.IsRefusal(refused))
        {
            return null;
        }
    }

    private static JoseHeader? ReadMembers(ReadOnlySpan<byte> json)
    {
        var reader = StrictJson.Reader(json);
        string? keyId = null;
        var (algorithm, type, category) = (HeaderAlgorithm.Absent, HeaderType.Absent, HeaderCategory.Absent);
        var (issuedBefore, strange) = (false, false);

        StrictJson.Enter(ref reader);
        while (StrictJson.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("alg"u8) && algorithm == HeaderAlgorithm.Absent)
            {
                algorithm = ReadAlgorithm(StrictJson.Text(ref reader));
            }
            else if (reader.ValueTextEquals("kid"u8) && keyId is null)
            {
                keyId = StrictJson.Text(ref reader).GetString();
            }
            else if (reader.ValueTextEquals("typ"u8) && type == HeaderType.Absent)
            {
                type = ReadType(StrictJson.Text(ref reader));
            }
            else if (reader.ValueTextEquals("cat"u8) && category == HeaderCategory.Absent)
            {
                category = ReadCategory(StrictJson.Text(ref reader));
            }
            else if (!issuedBefore && reader.ValueTextEquals("oiat"u8) && SkipNumber(ref reader))
            {
                issuedBefore = true;
            }
            else
            {
                // crit names extensions that must be understood, b64 and zip change what was signed: none of them is ours.
                if (reader.ValueTextEquals("crit"u8) || reader.ValueTextEquals("b64"u8) || reader.ValueTextEquals("zip"u8))
                {
                    type = HeaderType.Other;
                }

                strange = true;
                reader.Skip();
            }
        }

        StrictJson.End(ref reader);

        // Comparing does not notice text that is no Unicode, as reading does.
        strange |= algorithm == HeaderAlgorithm.Other || type == HeaderType.Other || category == HeaderCategory.Other;
        return strange && !StrictJson.IsStrict(json) ? null : new JoseHeader(keyId ?? "", algorithm, type, category);
    }

    // Clerk's own note of when the session's first token was issued stands in every session token, and decides nothing here.
    private static bool SkipNumber(ref Utf8JsonReader reader)
    {
        var next = reader;
        next.Read();
        if (next.TokenType != JsonTokenType.Number)
        {
            return false;
        }

        reader = next;
        return true;
    }

    private static HeaderAlgorithm ReadAlgorithm(Utf8JsonReader value)
    {
        if (value.ValueTextEquals("RS256"u8))
        {
            return HeaderAlgorithm.RS256;
        }

        return value.ValueTextEquals("ES256"u8) ? HeaderAlgorithm.ES256 : HeaderAlgorithm.Other;
    }

    private static HeaderType ReadType(Utf8JsonReader value)
    {
        if (value.ValueTextEquals("JWT"u8))
        {
            return HeaderType.Jwt;
        }

        return value.ValueTextEquals("at+jwt"u8) || value.ValueTextEquals("application/at+jwt"u8)
            ? HeaderType.AccessToken
            : HeaderType.Other;
    }

    private static HeaderCategory ReadCategory(Utf8JsonReader value)
    {
        if (value.ValueTextEquals("cl_B7d4PD111AAA"u8))
        {
            return HeaderCategory.Session;
        }

        if (value.ValueTextEquals("cl_B7d4PD222AAA"u8))
        {
            return HeaderCategory.Template;
        }

        if (value.ValueTextEquals("cl_B7d4PD333AAA"u8))
        {
            return HeaderCategory.M2M;
        }

        return value.ValueTextEquals("cl_I7d4PD111III"u8) ? HeaderCategory.Ignore : HeaderCategory.Other;
    }
}
