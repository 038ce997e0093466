namespace ExecutionAdapters.Model;

/// <summary>
/// An account: its balances and margins as last reported. A state is applied whole or refused with nothing changed.
/// Not safe for concurrent use: one writer owns it.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Balances are taken over per currency; a currency that the event does not mention stays as it was.</item>
/// <item>Margins are replaced as a whole, those per instrument and those per currency, unless the event has neither balances nor margins.
/// So a partial state loses margins: adapters send the full state.</item>
/// <item>A cash account takes no negative total unless it may borrow.</item>
/// </list>
/// </remarks>
public sealed partial class Account
{
    private Dictionary<Currency, AccountBalance> _balances = [];
    private Dictionary<InstrumentId, MarginBalance> _instrumentMargins = [];
    private Dictionary<Currency, MarginBalance> _accountMargins = [];

    /// <summary>Creates the account from its first state.</summary>
    /// <param name="state">The first state.</param>
    /// <param name="allowBorrowing">Whether a cash account may have a negative total.</param>
    /// <param name="marginModel">How margin follows from notional.</param>
    /// <exception cref="ArgumentException">The state is refused.</exception>
    public Account(AccountState state, bool allowBorrowing = false, MarginModel marginModel = MarginModel.Leveraged)
    {
        ArgumentNullException.ThrowIfNull(state);
        AllowBorrowing = allowBorrowing;
        MarginModel = marginModel;
        LastEvent = state;
        if (TryApply(state) is { } error)
        {
            throw new ArgumentException(error.Message, nameof(state));
        }
    }

    /// <summary>The id.</summary>
    public AccountId Id => LastEvent.AccountId;

    /// <summary>What the account may do.</summary>
    public AccountType AccountType => LastEvent.AccountType;

    /// <summary>The one currency of the account; null when it holds several.</summary>
    public Currency? BaseCurrency => LastEvent.BaseCurrency;

    /// <summary>Whether a cash account may have a negative total.</summary>
    public bool AllowBorrowing { get; }

    /// <summary>How margin follows from notional.</summary>
    public MarginModel MarginModel { get; }

    /// <summary>The last state that was applied. Earlier ones are not kept.</summary>
    public AccountState LastEvent { get; private set; }

    /// <summary>How many states were applied.</summary>
    public long EventCount { get; private set; }

    /// <summary>Balances by currency.</summary>
    public IReadOnlyDictionary<Currency, AccountBalance> Balances => _balances;

    /// <summary>Margins that belong to one instrument (isolated).</summary>
    public IReadOnlyDictionary<InstrumentId, MarginBalance> InstrumentMargins => _instrumentMargins;

    /// <summary>Margins of the whole account (cross), by collateral currency.</summary>
    public IReadOnlyDictionary<Currency, MarginBalance> AccountMargins => _accountMargins;

    /// <summary>The balance in a currency; null when there never was one.</summary>
    public AccountBalance? Balance(Currency currency) => _balances.GetValueOrDefault(currency);

    /// <summary>As <see cref="TryApply"/>, for states that must be right.</summary>
    /// <exception cref="InvalidOperationException">The state was refused; the account is as it was.</exception>
    public void Apply(AccountState state)
    {
        if (TryApply(state) is { } error)
        {
            throw new InvalidOperationException(error.Message);
        }
    }

    /// <summary>Applies a state and returns null, or changes nothing and says why.</summary>
    public AccountApplyError? TryApply(AccountState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.AccountId != Id || state.AccountType != AccountType)
        {
            return Error($"the state is of {state.AccountType.ToWireString()} account {state.AccountId}, the account is {AccountType.ToWireString()}");
        }

        var balances = new Dictionary<Currency, AccountBalance>();
        foreach (var balance in state.Balances)
        {
            if (!balances.TryAdd(balance.Currency, balance))
            {
                return Error($"the state has two balances in {balance.Currency}");
            }

            if (AccountType == AccountType.Cash && !AllowBorrowing && balance.Total.Amount < 0m)
            {
                return Error($"a cash account that may not borrow cannot have {balance.Total}");
            }
        }

        var instrumentMargins = new Dictionary<InstrumentId, MarginBalance>();
        var accountMargins = new Dictionary<Currency, MarginBalance>();
        foreach (var margin in state.Margins)
        {
            if (!(margin.InstrumentId is { } instrument ? instrumentMargins.TryAdd(instrument, margin) : accountMargins.TryAdd(margin.Currency, margin)))
            {
                return Error($"the state has two margins for {margin.InstrumentId?.ToString() ?? margin.Currency.Code}");
            }
        }

        foreach (var (currency, balance) in _balances)
        {
            balances.TryAdd(currency, balance);
        }

        _balances = balances;
        if (state.Balances.Count > 0 || state.Margins.Count > 0)
        {
            _instrumentMargins = instrumentMargins;
            _accountMargins = accountMargins;
        }

        LastEvent = state;
        EventCount++;
        return null;
    }

    /// <summary>The account on one line.</summary>
    public override string ToString() => $"Account({Id} {AccountType.ToWireString()} [{string.Join(", ", _balances.Values)}])";

    private AccountApplyError Error(string what) => new($"Account {Id}: {what}.");
}

/// <summary>Why a state was not applied to an account. The account is as it was.</summary>
/// <param name="Message">What was wrong, with the account's id.</param>
public sealed record AccountApplyError(string Message)
{
    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
