using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Lighter;

/// <summary>Every log message of this assembly, in one place. None carries a key, a token or a signed payload.</summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Information, "Connected to Lighter {Deployment}: {Credentials}, {Markets} markets, next nonce {Nonce}.")]
    public static partial void Connected(ILogger logger, string deployment, LighterCredentials credentials, int markets, long nonce);

    [LoggerMessage(101, LogLevel.Warning, "A venue answer belongs to no transaction in flight: code {Code}, {Message}.")]
    public static partial void UnattributedResponse(ILogger logger, int code, string message);

    [LoggerMessage(102, LogLevel.Warning, "{Channel}: row of market {Market}, which is not loaded, was passed over.")]
    public static partial void UnknownMarket(ILogger logger, string channel, short market);

    [LoggerMessage(103, LogLevel.Error, "{Channel}: {Count} rows could not be read and were passed over; first reason: {Reason}.")]
    public static partial void UnreadableRows(ILogger logger, string channel, int count, string? reason);

    [LoggerMessage(105, LogLevel.Error, "A stream frame could not be read: {Reason}.")]
    public static partial void MalformedFrame(ILogger logger, string reason);

    [LoggerMessage(106, LogLevel.Warning, "Outcome of the {Purpose} of order {ClientOrderId} is unknown ({Cause}); the account stream will tell.")]
    public static partial void UnknownOutcome(ILogger logger, Execution.TransactionPurpose purpose, Model.ClientOrderId clientOrderId, string cause);

    [LoggerMessage(107, LogLevel.Warning, "The next nonce could not be fetched: {Cause}. Trying again.")]
    public static partial void NonceFetchFailed(ILogger logger, string cause);

    [LoggerMessage(108, LogLevel.Warning, "Lighter {Purpose} of order {ClientOrderId} was refused and nobody waits for it: {Reason}.")]
    public static partial void SuppressedRefusal(ILogger logger, Execution.TransactionPurpose purpose, Model.ClientOrderId clientOrderId, string reason);

    [LoggerMessage(109, LogLevel.Warning, "Command ignored: order {ClientOrderId} was submitted before.")]
    public static partial void DuplicateSubmit(ILogger logger, Model.ClientOrderId clientOrderId);

    [LoggerMessage(110, LogLevel.Warning, "Query failed: {Reason}")]
    public static partial void QueryFailed(ILogger logger, string reason);

    [LoggerMessage(111, LogLevel.Warning, "The session after a reconnect is not complete: {Reason}")]
    public static partial void SessionIncomplete(ILogger logger, string reason);

    [LoggerMessage(113, LogLevel.Error, "Orders that closed while the connection was down could not be asked for: {Reason}")]
    public static partial void CatchUpFailed(ILogger logger, string reason);

    [LoggerMessage(114, LogLevel.Error, "The engine's cache threw.")]
    public static partial void CacheFailed(ILogger logger, Exception exception);

    [LoggerMessage(115, LogLevel.Error, "{Channel}: a row could not be handled and was passed over.")]
    public static partial void RowFailed(ILogger logger, string channel, Exception exception);

    [LoggerMessage(117, LogLevel.Warning, "A subscription was refused: code {Code}, {Message}.")]
    public static partial void SubscriptionRefused(ILogger logger, int code, string message);

    [LoggerMessage(118, LogLevel.Warning, "Fresh auth tokens were not taken: {Reason}. Next attempt in {Delay}.")]
    public static partial void TokenRotationFailed(ILogger logger, string reason, TimeSpan delay);

    [LoggerMessage(119, LogLevel.Error, "Fresh auth tokens have not been taken for an hour: {Reason}. Next attempt in {Delay}.")]
    public static partial void TokenRotationOverdue(ILogger logger, string reason, TimeSpan delay);

    [LoggerMessage(120, LogLevel.Warning, "The account's volume quota is low: {Remaining} creations and modifications are left.")]
    public static partial void VolumeQuotaLow(ILogger logger, long remaining);

    [LoggerMessage(121, LogLevel.Information, "Account tier {Tier}: {Rest} REST requests ({Unit}) and {Transactions} transactions a minute.")]
    public static partial void TierDetected(ILogger logger, string tier, int rest, string unit, int transactions);

    [LoggerMessage(122, LogLevel.Warning, "{Setting} is {Configured} a minute, the account's tier {Tier} has {Documented}: {Hint}.")]
    public static partial void QuotaDiffers(ILogger logger, string setting, int configured, string tier, int documented, string hint);

    [LoggerMessage(123, LogLevel.Warning, "The account's tier could not be asked for ({Reason}): the limits of a standard account are kept.")]
    public static partial void TierUnknown(ILogger logger, string reason);

    [LoggerMessage(124, LogLevel.Information, "Integrator {Integrator}: {What}.")]
    public static partial void IntegratorStep(ILogger logger, long integrator, string what);

    [LoggerMessage(125, LogLevel.Warning, "Integrator {Integrator} could not be approved: {Reason}. Going on without.")]
    public static partial void IntegratorFailed(ILogger logger, long integrator, string reason);

    [LoggerMessage(126, LogLevel.Information, "Integrators are approved at https://app.lighter.xyz or by an approval transaction: orders that name integrator {Integrator} are refused until then.")]
    public static partial void IntegratorHint(ILogger logger, long integrator);

    [LoggerMessage(116, LogLevel.Warning, "A transaction with an unknown outcome could not be looked up: {Reason}")]
    public static partial void LookUpFailed(ILogger logger, string reason);

    [LoggerMessage(127, LogLevel.Information, "The venue names {Nonce} as the next nonce, and an earlier run has used it: what that sent may still be on its way.")]
    public static partial void EarlierRunAwaited(ILogger logger, long nonce);

    [LoggerMessage(128, LogLevel.Information, "The request {Endpoint} waits: {Used} of {PerMinute} a minute are used, by all clients of the account in this process.")]
    public static partial void WaitsForQuota(ILogger logger, string endpoint, long used, int perMinute);
}
