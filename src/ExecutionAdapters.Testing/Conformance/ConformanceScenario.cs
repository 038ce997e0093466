namespace ExecutionAdapters.Testing.Conformance;

/// <summary>One thing that every execution client must do on a venue that can do it, together with our engine. <see cref="ExecutionConformance"/> has them all.</summary>
public sealed class ConformanceScenario
{
    private readonly Func<VenueTraits, string?>[] _needs;
    private readonly Func<Tester, CancellationToken, Task> _body;

    internal ConformanceScenario(string id, string group, string title, Func<Tester, CancellationToken, Task> body, params Func<VenueTraits, string?>[] needs)
    {
        Id = id;
        Group = group;
        Title = title;
        _body = body;
        _needs = needs;
    }

    /// <summary>The id, such as <c>TC-E01</c>: that of the acceptance case in the reference, or, from <c>TC-N01</c> on, of one that it lacks.</summary>
    public string Id { get; }

    /// <summary>What it is about, such as <c>Market orders</c>.</summary>
    public string Group { get; }

    /// <summary>What must hold.</summary>
    public string Title { get; }

    /// <summary>
    /// Null when the scenario applies to a venue. Otherwise why not, as <c>Member: reason</c>: the member is one of <see cref="VenueTraits"/> or of
    /// <see cref="Clients.ExecutionClientCapabilities"/>.
    /// </summary>
    /// <param name="traits">What the venue can do.</param>
    public string? WhyNotApplicable(VenueTraits traits) => _needs.Select(need => need(traits)).FirstOrDefault(reason => reason is not null);

    /// <summary>
    /// Runs it on a fresh venue. It ends by comparing the engine's orders, trades, positions and balances with the venue's own, and by seeing to it that nothing came afterwards
    /// that must not come.
    /// </summary>
    /// <param name="venue">A venue that it applies to.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ConformanceException">It does not hold: what was expected, what was found, and every event.</exception>
    public async Task RunAsync(ConformanceVenue venue, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(venue);
        await using var harness = await venue.StartAsync(cancellationToken).ConfigureAwait(false);
        await using var tester = new Tester(harness, venue.Traits, cancellationToken);
        await tester.StartAsync().ConfigureAwait(false);
        await _body(tester, cancellationToken).ConfigureAwait(false);
        await tester.FinishAsync().ConfigureAwait(false);
    }

    /// <summary>Id and title.</summary>
    public override string ToString() => $"{Id} {Title}";
}
