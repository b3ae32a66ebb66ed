namespace ShtetlZmanim.Zmanim;

/// <summary>One day of the sun over a place, from the midnight before its noon to the midnight after. Times are UTC.</summary>
internal sealed class SolarDay
{
    // Twelve hours halved so often are less than a hundredth of a second.
    private const int Halvings = 23;

    private readonly Place _place;
    private readonly DateTime _before;
    private readonly DateTime _after;

    /// <param name="place">The place.</param>
    /// <param name="meanNoon">When the mean sun is over the place's meridian.</param>
    public SolarDay(Place place, DateTime meanNoon)
    {
        _place = place;
        Noon = Transit(meanNoon);
        _before = Transit(meanNoon.AddHours(-12));
        _after = Transit(meanNoon.AddHours(12));
    }

    /// <summary>When the sun is over the meridian.</summary>
    public DateTime Noon { get; }

    /// <summary>How high the sun stands at noon.</summary>
    public double Highest => SolarPosition.Altitude(_place, Noon);

    /// <summary>When the sun rises past so many degrees below the horizontal; null if it does not between midnight and noon.</summary>
    public DateTime? Rise(double depression) => Cross(_before, -depression);

    /// <summary>When the sun sinks past so many degrees below the horizontal; null if it does not between noon and midnight.</summary>
    public DateTime? Set(double depression) => Cross(_after, -depression);

    // The equation of time changes by less than a third of a second in the quarter of an hour that it may be.
    private static DateTime Correct(DateTime mean, DateTime near) => mean.AddMinutes(-SolarPosition.At(near).EquationOfTime);

    private static DateTime Transit(DateTime mean) => Correct(mean, Correct(mean, mean));

    // By halving and not by Newton's steps: near a polar day these leap out of the day, and this cannot.
    private DateTime? Cross(DateTime midnight, double altitude)
    {
        if (SolarPosition.Altitude(_place, midnight) >= altitude || Highest <= altitude)
        {
            return null;
        }

        var (below, above) = (midnight, Noon);
        for (var halving = 0; halving < Halvings; halving++)
        {
            var middle = below + ((above - below) / 2);
            if (SolarPosition.Altitude(_place, middle) < altitude)
            {
                below = middle;
            }
            else
            {
                above = middle;
            }
        }

        return above;
    }
}
