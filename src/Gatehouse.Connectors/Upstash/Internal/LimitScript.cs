using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Connectors.Upstash.Internal;

/// <summary>A script and the name that Redis gives it.</summary>
internal sealed class LimitScript(string text)
{
    public string Text { get; } = text;

#pragma warning disable CA5350 // It is a name, and protects nothing.
    public string Digest { get; } = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
}
