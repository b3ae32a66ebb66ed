using System.Text.RegularExpressions;

namespace Gatehouse.Local.Clerk.Passwords;

/// <summary>Digests of Argon2 in the form of the PHC: <c>$argon2id$v=19$m=65536,t=2,p=1$salt$hash</c>, salt and hash in base64.</summary>
internal static partial class Argon2Digest
{
    private const int LeastSaltBytes = 8;
    private const int LeastHashBytes = 4;
    private const int MostHashBytes = 1024;
    private const int MostLanes = 255;
    private const double SecondsABlock = 4e-6;

    public static ImportedDigest? Read(string digest, Argon2Kind kind)
    {
        if (Pattern.Match(digest) is not { Success: true } match
            || match.Groups["kind"].Value != (kind == Argon2Kind.I ? "argon2i" : "argon2id")
            || DigestText.Count(match.Groups["m"].Value) is not { } memory
            || DigestText.Count(match.Groups["t"].Value) is not { } passes
            || DigestText.Count(match.Groups["p"].Value) is not (<= MostLanes and var lanes)
            || memory < 8 * lanes
            || DigestText.Base64(match.Groups["salt"].Value) is not { Length: >= LeastSaltBytes } salt
            || DigestText.Base64(match.Groups["hash"].Value) is not { Length: >= LeastHashBytes and <= MostHashBytes } hash)
        {
            return null;
        }

        var parameters = new Argon2Parameters(kind, memory, passes, lanes, salt, hash.Length);
        return new ImportedDigest(password => DigestText.AreEqual(hash, Argon2.Hash(password, parameters)))
        {
            Seconds = (double)memory * passes * SecondsABlock,
            Memory = (double)memory * Argon2Block.Bytes,
        };
    }

    [GeneratedRegex(
        @"\A\$(?<kind>argon2id?)\$v=19\$m=(?<m>[0-9]+),t=(?<t>[0-9]+),p=(?<p>[0-9]+)\$(?<salt>[A-Za-z0-9+/]+)\$(?<hash>[A-Za-z0-9+/]+)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern { get; }
}
