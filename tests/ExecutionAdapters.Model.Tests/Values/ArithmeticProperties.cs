using FsCheck;
using FsCheck.Fluent;

namespace ExecutionAdapters.Model.Tests.Values;

public class ArithmeticProperties
{
    /// <summary>Prices of all precisions, some of whose digits have to be rounded away; the sum of two stays in range.</summary>
    private static readonly Arbitrary<Price> Prices =
        (from precision in Gen.Choose(0, 16)
         from shift in Gen.Choose(-3, Math.Min(precision, 5))
         from high in Gen.Choose(-84_999, 84_999)
         from low in Gen.Choose(0, 99_999_999)
         select Price.FromMantissa((high * 100_000_000L) + low, shift - precision, (byte)precision)).ToArbitrary();

    private static readonly Arbitrary<Quantity> Quantities = Prices.Generator.Select(price => new Quantity(Math.Abs(price.Value), price.Precision)).ToArbitrary();

    private static readonly Arbitrary<Currency> Currencies =
        Gen.Elements(Currency.USD, Currency.JPY, Currency.USDC, Currency.BTC, Currency.XAU).ToArbitrary();

    [Fact]
    public void Parsing_what_was_printed_gives_the_same_price_and_precision()
        => Prop.ForAll(Prices, price =>
        {
            var parsed = Price.Parse(price.ToString());
            return parsed == price && parsed.Precision == price.Precision && parsed.ToString() == price.ToString();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Printing_shows_exactly_the_decimals_of_the_precision()
        => Prop.ForAll(Prices, price =>
        {
            var text = price.ToString();
            var point = text.IndexOf('.', StringComparison.Ordinal);
            return (point < 0 ? 0 : text.Length - point - 1) == price.Precision;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Adding_and_subtracting_gives_back_the_same_price()
        => Prop.ForAll(Prices, Prices, (a, b) => Exact(a.Value, b.Value) ? (a + b) - b == a && (a + b).Precision == Math.Max(a.Precision, b.Precision) : true)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Sums_agree_with_decimal()
        => Prop.ForAll(Prices, Prices, (a, b) => !Exact(a.Value, b.Value) || ((a + b).Value == a.Value + b.Value && (a - b).Value == a.Value - b.Value))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Ordering_agrees_with_decimal_whatever_the_precisions()
        => Prop.ForAll(Prices, Prices, (a, b) =>
            a.CompareTo(b) == a.Value.CompareTo(b.Value) && a < b == a.Value < b.Value && a == b == (a.Value == b.Value)).QuickCheckThrowOnFailure();

    [Fact]
    public void Equal_prices_have_equal_hashes_whatever_the_precisions()
        => Prop.ForAll(Prices, price =>
        {
            var finer = new Price(price.Value, (byte)Math.Min(16, price.Precision + 1));
            return finer == price && finer.GetHashCode() == price.GetHashCode();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ticks_give_back_the_same_price()
        => Prop.ForAll(Prices, price => Price.FromTicks(price.ToTicks(), price.Precision) == price).QuickCheckThrowOnFailure();

    [Fact]
    public void Rounding_moves_by_at_most_half_a_unit_and_to_the_even_neighbour_on_a_tie()
        => Prop.ForAll(Prices, Gen.Choose(0, 16).ToArbitrary(), (price, any) =>
        {
            var precision = any % (price.Precision + 1);
            var rounded = new Price(price.Value, (byte)precision);
            var unit = new Price(1m, (byte)precision).Value;
            for (var i = 0; i < precision; i++)
            {
                unit /= 10m;
            }

            var moved = Math.Abs(rounded.Value - price.Value);
            return moved * 2m < unit || (moved * 2m == unit && rounded.ToTicks() % 2 == 0) || moved == 0m;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Quantities_parse_back_add_and_subtract_exactly_and_never_go_below_zero()
        => Prop.ForAll(Quantities, Quantities, (a, b) =>
        {
            var parsed = Quantity.Parse(a.ToString());
            return parsed == a && parsed.Precision == a.Precision
                && (a.CheckedAdd(b) is not { } sum || (sum - b == a && sum.SaturatingSub(a) == b))
                && (!Exact(a.Value, b.Value) || (a.SaturatingSub(b).Value == Math.Max(0m, a.Value - b.Value) && a.CheckedSub(b).HasValue == (a >= b)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Money_parses_back_and_adds_exactly()
        => Prop.ForAll(Prices, Prices, Currencies, (a, b, currency) =>
        {
            var left = new Money(a.Value, currency);
            var right = new Money(b.Value, currency);
            return Money.Parse(left.ToString()) == left && left + right - right == left && (left + right).Amount == left.Amount + right.Amount;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Times_parse_back_in_both_forms()
        => Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), nanos =>
        {
            var time = new UnixNanos(nanos);
            return UnixNanos.Parse(time.ToString()) == time && UnixNanos.Parse(time.ToRfc3339()) == time;
        }).QuickCheckThrowOnFailure();

    /// <summary>Sums of more than 28 digits are refused, which has a test of its own.</summary>
    private static bool Exact(decimal a, decimal b)
        => Math.Max(a.Scale, b.Scale) <= 12 || (Math.Abs(a) < 1e10m && Math.Abs(b) < 1e10m);
}
