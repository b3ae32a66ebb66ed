namespace Gatehouse.Local.Clerk.Passwords;

/// <summary>Which blocks a segment reads where the password must not choose them: the blocks of a counter (RFC 9106, section 3.4.1.2).</summary>
internal sealed class Argon2Addresses(Argon2Parameters parameters, int pass, int lane, int slice, int blocks)
{
    private const int Counter = 6;

    private readonly ulong[] _input =
    [
        (ulong)pass, (ulong)lane, (ulong)slice, (ulong)blocks, (ulong)parameters.Passes, (ulong)parameters.Kind,
        .. new ulong[Argon2Block.Words - Counter],
    ];

    private readonly ulong[] _addresses = new ulong[Argon2Block.Words];

    public ulong this[int index]
    {
        get
        {
            var number = (ulong)(index / Argon2Block.Words) + 1;
            if (_input[Counter] != number)
            {
                _input[Counter] = number;
                ulong[] zero = new ulong[Argon2Block.Words];
                Argon2Block.Fill(zero, _input, _addresses, isFirst: true);
                Argon2Block.Fill(zero, _addresses, _addresses, isFirst: true);
            }

            return _addresses[index % Argon2Block.Words];
        }
    }
}
