using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Gatehouse.Local.Clerk.Passwords;

/// <summary>The hash of Argon2, version 1.3 (RFC 9106), one lane after the other.</summary>
internal sealed class Argon2
{
    private const int Version = 0x13;
    private const int SyncPoints = 4;
    private const int SeedBytes = 64;

    private readonly Argon2Parameters _parameters;
    private readonly int _laneLength;
    private readonly int _segmentLength;
    private readonly ulong[] _memory;

    private Argon2(Argon2Parameters parameters)
    {
        _parameters = parameters;
        _segmentLength = parameters.Memory / (SyncPoints * parameters.Lanes);
        _laneLength = _segmentLength * SyncPoints;
        _memory = new ulong[(long)_laneLength * parameters.Lanes * Argon2Block.Words];
    }

    public static byte[] Hash(byte[] password, Argon2Parameters parameters)
    {
        var hash = new Argon2(parameters);
        hash.Begin(password);
        for (var pass = 0; pass < parameters.Passes; pass++)
        {
            for (var slice = 0; slice < SyncPoints; slice++)
            {
                for (var lane = 0; lane < parameters.Lanes; lane++)
                {
                    hash.FillSegment(pass, slice, lane);
                }
            }
        }

        return hash.End();
    }

    // Section 3.2, steps 1 to 4: the first two blocks of each lane.
    private void Begin(byte[] password)
    {
        var seed = Blake2b.Hash(
        [
            .. Number(_parameters.Lanes), .. Number(_parameters.Length), .. Number(_parameters.Memory), .. Number(_parameters.Passes),
            .. Number(Version), .. Number((int)_parameters.Kind), .. Number(password.Length), .. password,
            .. Number(_parameters.Salt.Length), .. _parameters.Salt, .. Number(_parameters.Secret.Length), .. _parameters.Secret,
            .. Number(_parameters.AssociatedData.Length), .. _parameters.AssociatedData,
        ], SeedBytes);
        for (var lane = 0; lane < _parameters.Lanes; lane++)
        {
            for (var index = 0; index < 2; index++)
            {
                var bytes = Stretch([.. seed, .. Number(index), .. Number(lane)], Argon2Block.Bytes);
                MemoryMarshal.Cast<byte, ulong>(bytes).CopyTo(Block(lane, index));
            }
        }
    }

    // Steps 7 and 8: the last blocks of all lanes, taken together.
    private byte[] End()
    {
        var last = Block(0, _laneLength - 1).ToArray();
        for (var lane = 1; lane < _parameters.Lanes; lane++)
        {
            Argon2Block.Exclude(last, Block(lane, _laneLength - 1));
        }

        return Stretch(MemoryMarshal.AsBytes(last.AsSpan()).ToArray(), _parameters.Length);
    }

    // Steps 5 and 6, for the part of a lane that needs nothing of what others fill meanwhile.
    private void FillSegment(int pass, int slice, int lane)
    {
        var counted = _parameters.Kind == Argon2Kind.I || (pass == 0 && slice < SyncPoints / 2);
        var addresses = counted ? new Argon2Addresses(_parameters, pass, lane, slice, _laneLength * _parameters.Lanes) : null;
        for (var index = pass == 0 && slice == 0 ? 2 : 0; index < _segmentLength; index++)
        {
            var column = (slice * _segmentLength) + index;
            var previous = Block(lane, (column == 0 ? _laneLength : column) - 1);
            var chance = addresses is null ? previous[0] : addresses[index];
            var referred = pass == 0 && slice == 0 ? lane : (int)((chance >> 32) % (ulong)_parameters.Lanes);
            var reference = Block(referred, Column(pass, slice, index, (uint)chance, referred == lane));
            Argon2Block.Fill(previous, reference, Block(lane, column), isFirst: pass == 0);
        }
    }

    // Section 3.4.2: which block of a lane is read, among those that are there and not being filled.
    private int Column(int pass, int slice, int index, uint chance, bool sameLane)
    {
        var filled = pass == 0 ? slice * _segmentLength : _laneLength - _segmentLength;
        var area = (ulong)(filled + (sameLane ? index - 1 : index == 0 ? -1 : 0));
        var squared = ((ulong)chance * chance) >> 32;
        var relative = area - 1 - ((area * squared) >> 32);
        var start = pass == 0 ? 0 : (slice + 1) * _segmentLength;
        return (int)(((ulong)start + relative) % (ulong)_laneLength);
    }

    private Span<ulong> Block(int lane, int column) =>
        _memory.AsSpan(((lane * _laneLength) + column) * Argon2Block.Words, Argon2Block.Words);

    // Section 3.3: a hash of any length.
    private static byte[] Stretch(byte[] content, int length)
    {
        byte[] prefixed = [.. Number(length), .. content];
        if (length <= Blake2b.MostBytes)
        {
            return Blake2b.Hash(prefixed, length);
        }

        const int Half = Blake2b.MostBytes / 2;
        var stretched = new List<byte>(length);
        var part = Blake2b.Hash(prefixed, Blake2b.MostBytes);
        while (length - stretched.Count > Blake2b.MostBytes)
        {
            stretched.AddRange(part[..Half]);
            var left = length - stretched.Count;
            part = Blake2b.Hash(part, Math.Min(left, Blake2b.MostBytes));
        }

        return [.. stretched, .. part];
    }

    private static byte[] Number(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
