using Gatehouse.Local.Upstash.Redis;

namespace Gatehouse.Local.Upstash.Rest;

/// <summary>Runs commands as their caller may, and tells the replies in Upstash's words.</summary>
internal sealed class CommandRunner(RedisDoor door, ScriptTable scripts)
{
    private static readonly RedisCommand Begin = RedisCommand.Of("MULTI");
    private static readonly RedisCommand End = RedisCommand.Of("EXEC");

    /// <summary>Runs one command after the other. A command that fails or is empty has an error for its reply, and the others go on.</summary>
    public async Task<IReadOnlyList<RespValue>> RunAsync(
        RedisAccess access,
        IReadOnlyList<RedisCommand?> commands,
        CancellationToken cancellationToken)
    {
        var replies = commands.Select(Refuse).ToArray();
        var (sent, places) = (new List<RedisCommand>(), new List<int>());
        for (var n = 0; n < replies.Length; n++)
        {
            if (replies[n] is null)
            {
                sent.Add(scripts.Translate(commands[n]!));
                places.Add(n);
            }
        }

        if (sent.Count > 0)
        {
            var answers = await door.SendAsync(access, sent, cancellationToken).ConfigureAwait(false);
            for (var n = 0; n < places.Count; n++)
            {
                replies[places[n]] = Tell(commands[places[n]]!, answers[n], access);
            }
        }

        return replies!;
    }

    /// <summary>Runs commands as one: with nobody else's between them, and none of them if one cannot be run at all.</summary>
    /// <returns>A reply to each, or the one error for which nothing was run.</returns>
    public async Task<(IReadOnlyList<RespValue>? Replies, RespValue? Discarded)> RunTogetherAsync(
        RedisAccess access,
        IReadOnlyList<RedisCommand?> commands,
        CancellationToken cancellationToken)
    {
        if (commands.Select(Refuse).FirstOrDefault(refusal => refusal is not null) is { } refused)
        {
            return (null, refused);
        }

        var answers = await door
            .SendAsync(access, [Begin, .. commands.Select(command => scripts.Translate(command!)), End], cancellationToken)
            .ConfigureAwait(false);
        if (answers[^1].Kind != RespKind.Array)
        {
            var (command, queued) = commands.Zip(answers.Skip(1)).FirstOrDefault(pair => pair.Second.Kind == RespKind.Error);
            return (null, queued is null ? answers[^1] : Tell(command!, queued, access));
        }

        return ([.. commands.Zip(answers[^1].Items, (command, reply) => Tell(command!, reply, access))], null);
    }

    private static RespValue? Refuse(RedisCommand? command) =>
        command is null ? RespValue.Error(RestErrors.CommandEmpty) : CommandRules.Refuse(command);

    private static RespValue Tell(RedisCommand command, RespValue reply, RedisAccess access) =>
        CommandRules.Reword(command, ScriptTable.Translate(command, reply), access);
}
