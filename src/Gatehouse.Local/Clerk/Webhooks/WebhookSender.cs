using System.Security.Cryptography;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Faults;
using Gatehouse.Webhooks;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>Delivers what is raised: takes it in, and attempts each delivery when the ledger says so.</summary>
internal sealed partial class WebhookSender : IDisposable
{
    private const int OfMessages = 0x57EB;   // apart from the seed of other ids, or both would draw the same

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stopped;
    private readonly ClerkWorld _world;
    private readonly WebhookSettings _settings;
    private readonly FaultPlan _faults;
    private readonly WebhookTransport _transport;
    private readonly ILogger _logger;
    private readonly IdGenerator _ids;
    private readonly WebhookTime _time;
    private readonly ITimer _timer;
    private readonly WebhookSecret _wrongSecret;
    private WebhookLedger _ledger;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WebhookSender(
        ClerkWorld world,
        LocalClerkSettings settings,
        FaultPlan faults,
        WebhookTransport transport,
        TimeProvider time,
        ILogger<WebhookSender> logger)
    {
        _stopped = _stopping.Token;
        (_world, _settings, _faults, _transport, _logger) = (world, settings.Webhooks, faults, transport, logger);

        // Of its own, and never begun anew: receivers remember message ids, and would take a second one for a repetition.
        _ids = new IdGenerator(world.Clock, new Random(settings.Seed ^ OfMessages));
        _time = new WebhookTime(world.Clock);
        _timer = time.CreateTimer(_ => Wake(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _wrongSecret = WebhookSecret.TryParse(Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)), out var secret)
            ? secret
            : throw new InvalidOperationException("Random bytes in base64 are a secret.");
        _ledger = new WebhookLedger(_settings.Keep);
        Begin();
        world.Outbox.Listener = raised => Send(raised);
    }

    public double TimeFactor => _time.Factor;

    public IReadOnlyList<WebhookEndpoint> Endpoints
    {
        get
        {
            lock (_gate)
            {
                return [.. _ledger.Endpoints];
            }
        }
    }

    /// <summary>Sends an event to every endpoint that takes it.</summary>
    public WebhookMessage Send(RaisedEvent raised)
    {
        lock (_gate)
        {
            var message = new WebhookMessage
            {
                Number = _ledger.LastNumber + 1,
                Id = _ids.Next("msg_"),
                Type = raised.Type,
                Payload = EventEnvelope.Write(raised, EventAttributes.Current, _world.Clock.NowMilliseconds),
            };
            if (_ledger.Add(message, _faults.DrawDelivery, _time) is { } forgotten)
            {
                Log.MessageForgotten(_logger, forgotten.Id, forgotten.Type, _settings.Keep);
            }

            Pump();
            return message;
        }
    }

    /// <summary>Sends a message again, under its id. Null when there is none of that id, or not any more.</summary>
    public WebhookMessage? Replay(string id)
    {
        lock (_gate)
        {
            var message = _ledger.Find(id);
            if (message is not null)
            {
                _ledger.Replay(message);
                Pump();
            }

            return message;
        }
    }

    /// <summary>The messages after a number, as they are now.</summary>
    public IReadOnlyList<WebhookMessage> After(long number)
    {
        lock (_gate)
        {
            return [.. _ledger.Messages.Where(message => message.Number > number).Select(message => message.Copy())];
        }
    }

    public void Configure(IReadOnlyList<WebhookEndpointSettings> endpoints)
    {
        lock (_gate)
        {
            _ledger.Configure(endpoints);
            Pump();
        }
    }

    /// <summary>Lets webhook time pass faster from now on.</summary>
    public void SetTimeFactor(double factor)
    {
        lock (_gate)
        {
            _time.SetFactor(factor);
            Pump();
        }
    }

    /// <summary>Looks what is due. Called when the clock was moved.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            Pump();
        }
    }

    /// <summary>Makes everything as it was at the start. What was to be delivered is not.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _ledger = new WebhookLedger(_settings.Keep);
            Begin();
            Pump();
        }
    }

    /// <summary>Messages, endpoints and what is to be delivered, for a snapshot.</summary>
    public WebhookSnapshot Capture()
    {
        lock (_gate)
        {
            return new WebhookSnapshot(_ledger.Copy(), _time.Now, _time.Factor);
        }
    }

    public void Restore(WebhookSnapshot snapshot)
    {
        lock (_gate)
        {
            _ledger = snapshot.Ledger.Copy();
            _time.Set(snapshot.Time, snapshot.TimeFactor);
            Pump();
        }
    }

    /// <summary>Ends when nothing is being delivered and nothing is due: the rest waits for a later time.</summary>
    public async Task WhenIdleAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_ledger.IsIdle)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _timer.Dispose();
        _stopping.Dispose();
    }

    private void Begin()
    {
        _ledger.Configure(_settings.Endpoints);
        _time.SetFactor(_settings.TimeFactor);
    }

    private void Pump()
    {
        foreach (var delivery in _ledger.Begin(_time.Now))
        {
            _ = AttemptAsync(_ledger, delivery);
        }

        _timer.Change(_ledger.NextDueAt is { } due ? _time.Until(due) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private async Task AttemptAsync(WebhookLedger ledger, WebhookDelivery delivery)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);   // out of the gate
        var at = _world.Clock.NowMilliseconds;
        var wrong = _faults.SignsWrongly(delivery.FaultSeed, delivery.Attempts);
        var (status, error) = await SendAsync(delivery, wrong ? [_wrongSecret] : delivery.Endpoint.Secrets).ConfigureAwait(false);
        var fault = wrong ? "wrong_signature" : delivery.IsDuplicate ? "duplicate" : null;
        Finish(ledger, delivery, new WebhookAttempt(delivery.Endpoint.Url, at, status, error, fault));
    }

    private async Task<(int? Status, string? Error)> SendAsync(WebhookDelivery delivery, IReadOnlyList<WebhookSecret> secrets)
    {
        try
        {
            return await _transport.SendAsync(delivery, secrets, _stopped).ConfigureAwait(false);
        }
        catch (Exception fault) when (!_stopped.IsCancellationRequested)
        {
            Log.AttemptBroke(_logger, delivery.Message.Id, fault);   // nobody awaits it: a fault of ours must not vanish
            return (null, "failed");
        }
    }

    private void Finish(WebhookLedger ledger, WebhookDelivery delivery, WebhookAttempt attempt)
    {
        lock (_gate)
        {
            if (_stopped.IsCancellationRequested)
            {
                return;
            }

            if (!attempt.Succeeded)
            {
                Log.AttemptFailed(_logger, delivery.Message.Id, delivery.Message.Type, attempt.Url, attempt.Status, attempt.Error);
            }

            if (ledger.End(delivery, attempt, _time.Now))
            {
                Log.EndpointDisabled(_logger, attempt.Url);
            }

            if (ledger == _ledger)   // else it was replaced by a snapshot meanwhile, and plans nothing any more
            {
                Pump();
            }

            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.WebhookAttemptFailed, LogLevel.Information,
            "Webhook {MessageId} ({EventType}) was not taken by {Url}: {Status} {Error}")]
        public static partial void AttemptFailed(
            ILogger logger, string messageId, string eventType, string url, int? status, string? error);

        [LoggerMessage(EventIds.WebhookAttemptBroke, LogLevel.Error, "The local Clerk failed to send webhook {MessageId}: a bug of its own")]
        public static partial void AttemptBroke(ILogger logger, string messageId, Exception exception);

        [LoggerMessage(EventIds.WebhookEndpointDisabled, LogLevel.Warning,
            "{Url} has failed for five days and gets no more webhooks until it is configured again")]
        public static partial void EndpointDisabled(ILogger logger, string url);

        [LoggerMessage(EventIds.WebhookMessageForgotten, LogLevel.Warning,
            "Webhook {MessageId} ({EventType}) was not delivered yet and had to make room: only the last {Keep} are kept "
            + "(LocalClerk:Webhooks:Keep)")]
        public static partial void MessageForgotten(ILogger logger, string messageId, string eventType, int keep);
    }
}
