using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Clerk.Keys;
using Gatehouse.Clerk.Tests.Support;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Clerk.Tests.Keys;

/// <summary>A verifier over downloaded keys, while the keys change, stay away, or are asked for by strangers.</summary>
/// <remarks>
/// A rotation as issuers make it: the new key is published a cooldown before it signs, and the old one is withdrawn when its last token has
/// expired. What is signed within the cooldown by a key that nobody had published cannot be told from a stranger's.
/// </remarks>
public sealed class KeyRotationTests : IDisposable
{
    private const int Pairs = 4;

    private readonly TestClock _clock = new();
    private readonly KeyServer _server = new();
    private readonly HttpClient _http;
    private readonly TokenForge[] _signers;
    private readonly KeySetSourceOptions _options = new() { Address = new Uri("https://keys.example/jwks") };
    private readonly TokenVerifier _verifier;
    private readonly string _anybodys;
    private int _tokens;

    public KeyRotationTests()
    {
        _http = new HttpClient(_server);
        _signers = [.. Enumerable.Range(1, Pairs).Select(instance => new TokenForge(_clock, instance))];
        _anybodys = _signers[0].Session();
        var source = new ClerkKeySetSource(_http, _options, _clock);
        _verifier = new TokenVerifier([new TokenIssuer(_signers[0].IssuerName, source)], _clock);
    }

    public void Dispose() => _http.Dispose();

    [Fact]
    [Proves("G7", "G9")]
    public async Task Key_is_rotated_again_and_again_and_no_valid_token_is_refused()
    {
        var runs = Counts.Of("key-rotations");
        var random = runs.Random();
        Publish(0);
        var living = new Queue<(string Token, DateTimeOffset Ends)>();
        for (var key = 0; key < runs.Count; key++)
        {
            // Strangers ask for keys all the time, and so take the cooldown that the new key would need.
            Publish(key, key + 1);
            await StrangersAsync(1 + random.Next(3));
            await PassAsync(_options.Cooldown + TimeSpan.FromSeconds(random.Next(60)), key, living, random);

            // Now the new key signs, and the old one's tokens live on for a minute.
            await PassAsync(TimeSpan.FromSeconds(66 + random.Next(300)), key + 1, living, random);
            Publish(key + 1);
            await PassAsync(TimeSpan.FromSeconds(random.Next(600)), key + 1, living, random);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{runs.Count} rotations: {_tokens} tokens, {_server.Fetches} fetches");
        Assert.True(_tokens > runs.Count);
    }

    [Fact]
    public async Task A_key_that_signs_the_moment_it_is_published_is_found_at_once_when_nobody_has_just_asked()
    {
        for (var key = 0; key < 20; key++)
        {
            Publish(key);
            Assert.Null(await RefusalAsync(Token(key)));
            _clock.Advance(_options.Cooldown);
        }
    }

    [Fact]
    public async Task A_withdrawn_key_takes_its_remembered_tokens_with_it()
    {
        Publish(0);
        var token = Token(0);
        Assert.Null(await RefusalAsync(token));
        Assert.Null(await RefusalAsync(token));

        Publish(1);
        _clock.Advance(_options.Cooldown);
        Assert.Null(await RefusalAsync(Token(1)));
        Assert.Equal(TokenFailure.KeyUnknown, await RefusalAsync(token));
    }

    [Fact]
    [Proves("G14")]
    public async Task A_day_without_the_key_set_is_survived_on_the_last_known_keys()
    {
        Publish(0);
        Assert.Null(await RefusalAsync(Token(0)));
        var before = _server.Fetches;
        _server.Away = true;
        _clock.Advance(_options.Cooldown);
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            var token = Token(0);
            Assert.Equal((minute, null), (minute, await RefusalAsync(token)));
            Assert.Equal((minute, null), (minute, await RefusalAsync(token)));
            Assert.Equal((minute, TokenFailure.KeysUnavailable), (minute, await RefusalAsync(Token(1))));
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(_server.Fetches - before, 1, 24 * 60 * 60 / (int)_options.Cooldown.TotalSeconds);
        _server.Away = false;
        Publish(0, 1);
        _clock.Advance(_options.Cooldown);
        Assert.Null(await RefusalAsync(Token(1)));
        Assert.Null(await RefusalAsync(Token(0)));
    }

    // RFC 8725, section 3.10: whoever sends tokens chooses their key ids, and must not choose the issuer's load.
    [Fact]
    [Proves("G9")]
    public async Task A_flood_of_made_up_key_ids_costs_one_fetch_per_cooldown_and_no_genuine_token()
    {
        var runs = Counts.Of("key-id-flood");
        Publish(0);
        Assert.Null(await RefusalAsync(Token(0)));
        var genuine = Token(0);
        var cooldowns = 0;
        for (var n = 0; n < runs.Count; n++)
        {
            if (n % (runs.Count / 10) == 0)
            {
                _clock.Advance(_options.Cooldown);
                cooldowns++;
                genuine = Token(0);
            }

            Assert.Equal(TokenFailure.KeyUnknown, await RefusalAsync(Unknown($"ins_{n}")));
            if (n % 1000 == 0)
            {
                Assert.Null(await RefusalAsync(genuine));
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{runs.Count} unknown key ids over {cooldowns} cooldowns: {_server.Fetches - 1} fetches");
        Assert.Equal(1 + cooldowns, _server.Fetches);
    }

    [Fact]
    public async Task One_key_serves_all_threads_while_it_is_rotated_under_them()
    {
        var runs = Counts.Of("key-threads");
        Publish(0);
        string[] old = [.. Enumerable.Range(0, 64).Select(_ => Token(0))];
        string[] young = [.. Enumerable.Range(0, 64).Select(_ => Token(1))];
        var stranger = _signers[2].Session(claims => claims["iss"] = _signers[0].IssuerName, header => header["kid"] = KeyId(1));
        Assert.Null(await RefusalAsync(old[0]));
        var began = _clock.GetUtcNow() + _options.Cooldown;
        var wrong = new ConcurrentQueue<string>();

        var workers = Environment.ProcessorCount * 2;
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            for (var n = worker; n < runs.Count && wrong.IsEmpty; n += workers)
            {
                if (n == runs.Count / 2)
                {
                    // The new key is published and begins to sign; the old one's tokens go on living.
                    Publish(0, 1);
                    _clock.Advance(_options.Cooldown);
                }

                var token = n % 8 == 0 ? stranger : n % 8 < 4 && _clock.GetUtcNow() >= began ? young[n % young.Length] : old[n % old.Length];
                var found = await RefusalAsync(token);
                if (token == stranger ? found is not (TokenFailure.Signature or TokenFailure.KeyUnknown) : found is not null)
                {
                    wrong.Enqueue($"{n}: {found}");
                }
            }
        })));

        Assert.Empty(wrong);
        Assert.Equal(2, _server.Fetches);
        Assert.Null(await RefusalAsync(young[0]));
    }

    private static string KeyId(int key) => $"ins_2Rotated{key:0000000000000000}";

    // The pairs of numbers take turns; the ids never come again.
    private void Publish(params IEnumerable<int> keys) => _server.Document = Specimens.Jwks(keys.Select(key =>
    {
        var jwk = JsonNode.Parse(_signers[key % Pairs].Jwks)!["keys"]![0]!;
        jwk["kid"] = KeyId(key);
        return jwk.ToJsonString();
    }));

    private string Token(int key) => _signers[key % Pairs].Session(
        claims => (claims["iss"], claims["jti"]) = (_signers[0].IssuerName, $"{Interlocked.Increment(ref _tokens)}"),
        header => header["kid"] = KeyId(key));

    private async Task PassAsync(TimeSpan time, int signer, Queue<(string Token, DateTimeOffset Ends)> living, Random random)
    {
        var ends = _clock.GetUtcNow() + time;
        while (_clock.GetUtcNow() < ends)
        {
            var token = Token(signer);
            living.Enqueue((token, _clock.GetUtcNow().AddSeconds(60)));
            Assert.Null(await RefusalAsync(token));
            await StrangersAsync(1 + random.Next(2));
            while (living.TryPeek(out var oldest) && oldest.Ends <= _clock.GetUtcNow())
            {
                living.Dequeue();
            }

            foreach (var (alive, _) in living)
            {
                Assert.Null(await RefusalAsync(alive));
            }

            var step = TimeSpan.FromSeconds(1 + random.Next(120));
            _clock.MoveTo(_clock.GetUtcNow() + step > ends ? ends : _clock.GetUtcNow() + step);
        }
    }

    // Whoever asks for a key that is not there also waits for a fetch that others have begun, so that none is under way when the clock moves.
    private async Task StrangersAsync(int many)
    {
        for (var n = 0; n < many; n++)
        {
            Assert.Equal(TokenFailure.KeyUnknown, await RefusalAsync(Unknown(Some.Id("ins_"))));
        }
    }

    private string Unknown(string keyId)
    {
        var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"RS256","kid":"{{keyId}}"}"""));
        return header + _anybodys[_anybodys.IndexOf('.', StringComparison.Ordinal)..];
    }

    private async Task<TokenFailure?> RefusalAsync(string token)
    {
        var result = await _verifier.VerifyAsync(token, new Entrance(), CancellationToken.None);
        return result.Succeeded ? null : result.Failure;
    }
}
