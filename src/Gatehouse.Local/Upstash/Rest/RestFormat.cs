namespace Gatehouse.Local.Upstash.Rest;

/// <summary>In which form a caller wants its replies.</summary>
internal enum RestFormat
{
    Json,

    /// <summary>JSON whose texts are base64 (<c>Upstash-Encoding: base64</c>).</summary>
    Base64Json,

    /// <summary>The Redis protocol itself (<c>Upstash-Response-Format: resp2</c>).</summary>
    Resp2,
}
