using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Local.Clerk.Data.Storage;

/// <summary>The first line of a data file: what the second is, and what it must be to the byte.</summary>
internal sealed record DataFileHeader(string Format, int Version, long SavedAt, long ClockOffsetSeconds, int Runs, long Length, string Sha256)
{
    public const string Name = "gatehouse-local-clerk";
    public const int Current = 1;

    public static DataFileHeader Of(StoredState state, long savedAt)
    {
        var header = new DataFileHeader(Name, Current, savedAt, state.ClockOffsetSeconds, state.Runs, state.Data.Length, "");
        return header with { Sha256 = header.Digest(state.Data.Span) };
    }

    public bool Describes(ReadOnlySpan<byte> data) => data.Length == Length && Digest(data) == Sha256;

    // Of the line itself as well: a damaged offset of the clock would move every time.
    private string Digest(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{SavedAt} {ClockOffsetSeconds} {Runs} {Length} {Convert.ToHexStringLower(SHA256.HashData(data))}"))));
}
