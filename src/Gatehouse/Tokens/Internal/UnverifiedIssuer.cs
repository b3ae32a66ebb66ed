namespace Gatehouse.Tokens.Internal;

/// <summary>Who a token says has issued it, before anybody has checked: good for choosing among known issuers, and for nothing else.</summary>
internal static class UnverifiedIssuer
{
    /// <returns>The text of <c>iss</c>, or null.</returns>
    public static string? Read(ReadOnlySpan<byte> payload)
    {
        if (!StrictJson.IsUtf8(payload))
        {
            return null;
        }

        try
        {
            var json = StrictJson.Reader(payload);
            StrictJson.Enter(ref json);
            while (StrictJson.NextMember(ref json))
            {
                if (json.ValueTextEquals("iss"u8))
                {
                    return StrictJson.Text(ref json).GetString();
                }

                json.Skip();
            }
        }
        catch (Exception refused) when (StrictJson.IsRefusal(refused))
        {
            return null;
        }

        return null;
    }
}
