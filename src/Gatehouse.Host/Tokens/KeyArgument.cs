using System.Text;
using Gatehouse.Clerk.Keys;
using Gatehouse.Tokens;

namespace Gatehouse.Host.Tokens;

/// <summary>The keys that <c>--jwks</c> or <c>--pem</c> names.</summary>
internal static class KeyArgument
{
    private const int LongestFile = 16 * 1024 * 1024;

    // Redirects are not followed: whoever was asked for the keys has to have them.
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    /// <summary>Opens them. A file is read now; what is behind an address, when a token asks for it.</summary>
    /// <param name="settings">What was given.</param>
    /// <param name="error">Hears of keys that are left out, and of addresses that do not answer.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="WrongUsageException">There is nothing to read, or no keys in it.</exception>
    public static async Task<IKeySetSource> OpenAsync(GateSettings settings, TextWriter error, CancellationToken cancellationToken)
    {
        if (settings.Pem is { } pem)
        {
            return FromPem(pem, await ReadAsync("--pem", pem, cancellationToken));
        }

        var jwks = settings.Jwks ?? throw new InvalidOperationException("neither --jwks nor --pem was given");
        return Uri.TryCreate(jwks, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? AtAddress(address, error)
            : await FromJwksAsync(jwks, await ReadAsync("--jwks", jwks, cancellationToken), error);
    }

    private static FixedKeySource FromPem(string file, byte[] content)
    {
        try
        {
            return FixedKeySource.FromPem(Encoding.UTF8.GetString(content));
        }
        catch (ArgumentException)
        {
            throw new WrongUsageException(
                $"--pem: {Name(file)} holds no RSA public key of {SigningKey.MinimumRsaBits} to {SigningKey.MaximumRsaBits} bits");
        }
    }

    private static async Task<FixedKeySource> FromJwksAsync(string file, byte[] content, TextWriter error)
    {
        var keys = KeySet.Parse(content) ?? throw new WrongUsageException($"--jwks: {Name(file)} is no JWKS document");
        if (keys.Unusable.Count > 0)
        {
            await error.WriteLineAsync($"--jwks: {keys.Unusable.Count} of the keys are weak or of another kind, and are left out");
        }

        return new FixedKeySource(keys);
    }

    private static ClerkKeySetSource AtAddress(Uri address, TextWriter error)
    {
        try
        {
            return new ClerkKeySetSource(Http, new KeySetSourceOptions { Address = address }, logger: new ErrorLogger<ClerkKeySetSource>(error));
        }
        catch (ArgumentException)
        {
            throw new WrongUsageException("--jwks: an address must be https (http only on loopback), without user, query or fragment");
        }
    }

    private static async Task<byte[]> ReadAsync(string option, string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = File.OpenRead(file);
            var content = await BoundedRead.UpToAsync(stream, LongestFile + 1, cancellationToken);
            return content.Length <= LongestFile ? content : throw new WrongUsageException($"{option}: {Name(file)} is larger than {LongestFile} bytes");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new WrongUsageException($"{option}: {Name(file)} cannot be read: {Cause(unreadable)}");
        }
    }

    // Our own words: the system's repeat the name, which may be a token that got into the wrong place.
    private static string Cause(Exception unreadable) => unreadable switch
    {
        FileNotFoundException or DirectoryNotFoundException => "it is not there",
        UnauthorizedAccessException => "it is a folder, or not ours to read",
        _ => "it is no file that can be opened",
    };

    private static string Name(string file) => TerminalText.Of(file, longest: 100);
}
