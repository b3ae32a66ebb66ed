using System.Numerics;

namespace Gatehouse.Local.Clerk.Passwords;

/// <summary>The binary digits of pi behind the point, which Blowfish begins with.</summary>
internal static class PiDigits
{
    private const int GuardBits = 64;
    private const int WordBits = 32;

    /// <summary>The first words of 32 bits, by Machin's formula: pi is 16 arctan 1/5 less 4 arctan 1/239.</summary>
    public static uint[] Words(int count)
    {
        var one = BigInteger.One << ((count * WordBits) + GuardBits);
        var fraction = ((16 * Arctangent(5, one)) - (4 * Arctangent(239, one)) - (3 * one)) >> GuardBits;
        var words = new uint[count];
        for (var index = count - 1; index >= 0; index--)
        {
            words[index] = (uint)(fraction & uint.MaxValue);
            fraction >>= WordBits;
        }

        return words;
    }

    private static BigInteger Arctangent(int inverse, BigInteger one)
    {
        var (power, sum) = (one / inverse, BigInteger.Zero);
        for (var (odd, sign) = (1, 1); !power.IsZero; (odd, sign) = (odd + 2, -sign))
        {
            sum += sign * (power / odd);
            power /= inverse * inverse;
        }

        return sum;
    }
}
