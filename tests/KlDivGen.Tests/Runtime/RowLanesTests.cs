using System.Numerics;
using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

/// <summary>Rows side by side: every lane has the numbers that its row has alone.</summary>
public sealed class RowLanesTests
{
    private const float Untouched = -1;

    private static int Lanes => Vector<float>.Count;

    [Fact]
    public void Rows_of_every_length_are_transposed_and_back()
    {
        for (int length = 1; length <= 40; length++)
        {
            int count = Lanes * length;
            float[] rows = [.. Enumerable.Range(0, count).Select(i => (float)i), Untouched];
            float[] lanes = new float[count + 1];
            lanes[^1] = Untouched;
            RowTranspose.ToLanes(ref rows[0], (nuint)length, ref lanes[0]);
            Assert.All(Enumerable.Range(0, count), i => Assert.Equal(i, lanes[(i % length * Lanes) + (i / length)]));
            Assert.Equal(Untouched, lanes[^1]);

            float[] back = new float[count + 1];
            back[^1] = Untouched;
            RowTranspose.FromLanes(ref lanes[0], ref back[0], (nuint)length);
            Assert.Equal(rows, back);
        }
    }

    [Fact]
    public void Groups_are_whole_and_exclude_masked_rows()
    {
        int rows = (3 * Lanes) + 1;
        bool[] mask = [.. Enumerable.Repeat(true, rows)];
        mask[1] = false;
        float[] buffer = new float[RowLanes.GetBufferLength(rows, 1, 1)];
        RowLanes lanes = new(buffer, new double[2 * Lanes], rows, classes: 1);
        List<int> all = [], counting = [];
        for (int row = 0; row < rows; row++)
        {
            if (lanes.Begins(row))
            {
                all.Add(row);
            }
        }

        lanes = new(buffer, new double[2 * Lanes], rows, classes: 1);
        for (int row = 0; row < rows; row++)
        {
            if (lanes.Begins(row, mask))
            {
                counting.Add(row);
            }
        }

        Assert.Equal([0, Lanes, 2 * Lanes], all);
        Assert.Equal([Lanes, 2 * Lanes], counting);
        for (int lane = 0; lane < Lanes; lane++)
        {
            lanes.Losses[lane] = lane + 0.5;
        }

        Assert.Equal(Lanes * Lanes / 2.0, lanes.TotalLoss);
        Assert.Equal(0, RowLanes.GetBufferLength(Lanes - 1, 10, 2));
        Assert.Equal(0, RowLanes.GetBufferLength(Lanes, 5000, 2));
    }

    [Fact]
    public void Short_rows_are_transposed_and_long_ones_not_grouped()
    {
        Verify(RowLanes.MaxTransposedClasses, areTransposed: true, areGrouped: true);
        Verify(RowLanes.MaxTransposedClasses + 1, areTransposed: false, areGrouped: true);
        Verify(RowLanes.MaxClasses, areTransposed: false, areGrouped: true);
        Verify(RowLanes.MaxClasses + 1, areTransposed: false, areGrouped: false);

        static void Verify(int classes, bool areTransposed, bool areGrouped)
        {
            RowLanes lanes = new(new float[RowLanes.GetBufferLength(Lanes, classes, 2)], new double[2 * Lanes], Lanes, classes);
            Assert.Equal(areTransposed, lanes.AreTransposed);
            Assert.Equal(areGrouped, lanes.Begins(0));
        }
    }

    [Fact]
    public void Numbers_of_rows_are_set_lane_by_lane()
    {
        MaximumAccumulator<float> maximum = new();
        MinimumAccumulator<float> minimum = new();
        SingleAccumulator sum = new();
        for (int lane = 0; lane < Lanes; lane++)
        {
            maximum.SetLane(lane, lane);
            minimum.SetLane(lane, -lane);
            sum.SetLane(lane, 0.5 + lane);
        }

        for (int lane = 0; lane < Lanes; lane++)
        {
            Assert.Equal(lane, maximum.Lanes[lane]);
            Assert.Equal(-lane, minimum.Lanes[lane]);
            Assert.Equal(0.5f + lane, sum.ToVector()[lane]);
        }
    }

    [Fact]
    public void Logarithms_of_lanes_are_those_of_one_number()
    {
        Random random = new(1);
        double[] rho = new double[Vector<double>.Count];
        for (int round = 0; round < 20_000; round++)
        {
            for (int lane = 0; lane < rho.Length; lane++)
            {
                rho[lane] = Math.Exp((random.NextDouble() * 60) - 40) * (random.Next(2) == 0 ? 1 : -1);
                rho[lane] = rho[lane] <= -1 ? -random.NextDouble() : rho[lane];
            }

            (Vector<double> logarithm, Vector<double> excess) = LaneLogarithm.OnePlus(new Vector<double>(rho));
            for (int lane = 0; lane < rho.Length; lane++)
            {
                AssertNear(ScalarLogarithm.OnePlus(rho[lane]).Logarithm, logarithm[lane], 1e-15);
                AssertNear(ScalarLogarithm.OnePlus(rho[lane]).Excess, excess[lane], 2e-14);
            }
        }
    }

    [Theory]
    [InlineData(1, 1f, false)]
    [InlineData(30, 0.5f, false)]
    [InlineData(30, 0.7f, true)]
    public void Numbers_of_lanes_are_those_of_a_row_alone(double distance, float inverseTemperature, bool powersOfTwo)
    {
        Random random = new(2);
        for (int round = 0; round < 2000; round++)
        {
            float[][] values = [.. Enumerable.Range(0, 8).Select(_ => new float[Lanes])];
            for (int lane = 0; lane < Lanes; lane++)
            {
                float maximum = (float)(random.NextDouble() * distance), other = (float)(random.NextDouble() * distance);
                float sum = (float)(1 + random.NextDouble());
                float ratioSum = (float)((random.NextDouble() * 3) - 0.9) * sum;
                float lossSum = (float)(sum * (ScalarLogarithm.OnePlus(ratioSum / sum).Excess + (random.NextDouble() * 0.5)));
                (values[0][lane], values[1][lane], values[2][lane], values[3][lane]) = (maximum, maximum - 5, other, other - 4);
                (values[4][lane], values[5][lane], values[6][lane], values[7][lane]) = (1, sum, ratioSum, lossSum);
            }

            LogitPairLanes lanes = new(
                inverseTemperature, Maximum(values[0]), Minimum(values[1]), Maximum(values[2]), Minimum(values[3]), Sum(values[4]), powersOfTwo);
            LogitPair[] alone = [.. Enumerable.Range(0, Lanes).Select(lane => new LogitPair(
                inverseTemperature, values[0][lane], values[1][lane], values[2][lane], values[3][lane], 1, roundsToSingle: true, powersOfTwo))];
            Assert.True(lanes.AreOrdinary);
            Assert.All(alone, (row, lane) => Assert.Equal((float)row.Offset, lanes.Offset[lane]));

            bool isComplete = !lanes.Update(Sum(values[5]), Sum(values[6]), Sum(values[7]), onlyPending: false);
            bool areComplete = true;
            for (int lane = 0; lane < Lanes; lane++)
            {
                areComplete &= !alone[lane].Update(values[5][lane], values[6][lane], values[7][lane]);
            }

            double[] losses = new double[Lanes];
            double[] scales = [.. Enumerable.Repeat(2.5, Lanes)];
            lanes.StoreLosses(losses);
            Assert.True(lanes.AreOrdinary);
            Assert.True(areComplete || !isComplete);
            Assert.All(alone, (row, lane) =>
            {
                AssertNear(row.Loss, losses[lane], 1e-12);
                AssertNear(row.Offset, lanes.Offset[lane], 2e-7);
                AssertNear(row.SumsRatio, lanes.SumsRatio[lane], 2e-7);
                AssertNear(2.5 * inverseTemperature * row.InverseSum, lanes.GetGradientScale(scales, inverseTemperature)[lane], 2e-7);
                AssertNear(2.5 * inverseTemperature * row.InverseOtherSum, lanes.GetOtherGradientScale(scales, inverseTemperature)[lane], 2e-7);
                AssertNear(2.5 * inverseTemperature * row.InverseSumsTotal, lanes.GetSumsGradientScale(scales, inverseTemperature)[lane], 2e-7);
            });

            float[] secondSums = [.. values[7].Select(sum => -sum)];
            LogitMixtureLanes mixture = new(0.3, lanes, Sum(values[6]), Sum(secondSums));
            mixture.StoreLosses(losses);
            Assert.All(alone, (row, lane) =>
            {
                row.UpdateMixture(0.3, values[6][lane], secondSums[lane]);
                AssertNear(row.Loss, losses[lane], 1e-12);
                AssertNear(row.FirstLoss, mixture.FirstLoss[lane], 2e-7);
                AssertNear(row.SecondLoss, mixture.SecondLoss[lane], 2e-7);
            });
        }
    }

    [Fact]
    public void Only_rows_with_a_bad_first_offset_take_second_sums()
    {
        float[] zeros = new float[Lanes];
        float[] maximum = [.. Enumerable.Range(0, Lanes).Select(lane => lane * 0.3f)], other = [.. maximum.Select(value => 1 - (value * 2))];
        float[] sum = [.. Enumerable.Repeat(1.5f, Lanes)];
        float[] ratioSum = [.. Enumerable.Range(0, Lanes).Select(lane => IsBad(lane) ? 1.2f : 0.01f)];
        float[] lossSum = [.. Enumerable.Range(0, Lanes).Select(lane => IsBad(lane) ? 0.248f : 0.2f)];
        LogitPairLanes lanes = new(1, Maximum(maximum), Minimum(zeros), Maximum(other));
        LogitPair[] alone = [.. maximum.Zip(other, (a, b) => new LogitPair(1, a, 0, b, roundsToSingle: true))];
        Assert.Equal(nuint.MaxValue, lanes.PendingLanes);

        Assert.True(lanes.Update(Sum(sum), Sum(ratioSum), Sum(lossSum), onlyPending: true));
        for (int lane = 0; lane < Lanes; lane++)
        {
            Assert.Equal(IsBad(lane), alone[lane].Update(sum[lane], ratioSum[lane], lossSum[lane]));
            Assert.Equal(IsBad(lane), ((lanes.PendingLanes >> lane) & 1) != 0);
        }

        // The others have no second sums.
        float[] second = [.. Enumerable.Range(0, Lanes).Select(lane => IsBad(lane) ? 1.4f : 0)];
        float[] secondRatio = [.. Enumerable.Range(0, Lanes).Select(lane => IsBad(lane) ? 0.001f : 0)];
        float[] secondLoss = [.. Enumerable.Range(0, Lanes).Select(lane => IsBad(lane) ? 0.02f : 0)];
        Assert.False(lanes.Update(Sum(second), Sum(secondRatio), Sum(secondLoss), onlyPending: true));
        Assert.True(lanes.AreOrdinary);
        double[] losses = new double[Lanes], scales = [.. Enumerable.Repeat(2.5, Lanes)];
        lanes.StoreLosses(losses);
        for (int lane = 0; lane < Lanes; lane++)
        {
            LogitPair row = alone[lane];
            if (IsBad(lane))
            {
                Assert.False(row.Update(second[lane], secondRatio[lane], secondLoss[lane]));
            }

            AssertNear(row.Loss, losses[lane], 1e-12);
            AssertNear(row.Offset, lanes.Offset[lane], 2e-7);
            AssertNear(row.Correction, lanes.Correction[lane], 1e-6);
            AssertNear(row.SumsRatio, lanes.SumsRatio[lane], 2e-7);
            AssertNear(2.5 * row.InverseOtherSum, lanes.GetOtherGradientScale(scales, 1)[lane], 2e-7);
            AssertNear(2.5 * row.InverseSumsTotal, lanes.GetSumsGradientScale(scales, 1)[lane], 2e-7);
        }

        static bool IsBad(int lane) => lane % 3 == 1;
    }

    /// <summary>R/S and F/S in nats. The loss is F/S − (R/S − log(1 + R/S)).</summary>
    [Theory]
    [InlineData(3, 5, true, false)] // precise
    [InlineData(-0.7, 12, true, true)] // not precise, and the loss is 11.5
    [InlineData(-0.9, 5, true, true)] // the offset is not good enough to say
    [InlineData(0.01, 33, false, false)] // the loss is 33
    [InlineData(-0.9, 2e5, false, false)] // a better offset could not be found
    public void Rows_that_seem_far_are_tried_again_if_a_better_offset_may_help(double ratio, double divergence, bool isOrdinary, bool isTriedAgain)
    {
        float[] zeros = new float[Lanes], ones = [.. Enumerable.Repeat(1f, Lanes)];
        float[] ratioSum = [.. ones.Select(_ => (float)(ratio * LogitPair.Log2E))];
        float[] lossSum = [.. ones.Select(_ => (float)(divergence * LogitPair.Log2E))];
        LogitPairLanes lanes = new(1, Maximum(ones), Minimum(zeros), Maximum(zeros));
        LogitPair alone = new(1, 1, 0, 0, roundsToSingle: true);
        Assert.Equal(isTriedAgain, lanes.Update(Sum(ones), Sum(ratioSum), Sum(lossSum), onlyPending: true));
        Assert.Equal(isOrdinary, lanes.AreOrdinary);

        // A row alone is computed again on the slow path, too.
        Assert.Equal(isTriedAgain || !isOrdinary, alone.Update(1, ratioSum[0], lossSum[0]));
        Assert.Equal(isOrdinary, alone.IsOrdinary);
    }

    [Fact]
    public void Rows_that_are_not_ordinary_are_left_to_be_computed_alone()
    {
        float[] zeros = new float[Lanes];
        const float Infinity = float.PositiveInfinity;
        (float, float, float)[] extremes = [(0, -Infinity, -Infinity), (Infinity, 0, Infinity), (0, 0, float.NaN), (90, 0, 90)];
        foreach ((float maximum, float minimum, float total) in extremes)
        {
            float[] maxima = new float[Lanes], minima = new float[Lanes], totals = new float[Lanes];
            (maxima[^1], minima[^1], totals[^1]) = (maximum, minimum, total);
            SingleAccumulator sum = Sum(totals);
            Assert.False(
                new LogitPairLanes(1, Maximum(maxima), Minimum(minima), Maximum(zeros), Minimum(zeros), sum, powersOfTwo: true).AreOrdinary);
            Assert.False(
                new LogitPairLanes(1, Maximum(zeros), Minimum(zeros), Maximum(maxima), Minimum(minima), sum, powersOfTwo: true).AreOrdinary);
        }

        LogitPairLanes lanes = new(1, Maximum(zeros), Minimum(zeros), Maximum(zeros), Minimum(zeros), Sum(zeros), powersOfTwo: true);
        Assert.True(lanes.AreOrdinary);
        float[] sums = [.. Enumerable.Repeat(1f, Lanes)], ratioSums = new float[Lanes];
        ratioSums[0] = -2;
        Assert.False(lanes.Update(Sum(sums), Sum(ratioSums), Sum(sums), onlyPending: false));
        Assert.False(lanes.AreOrdinary);
    }

    private static void AssertNear(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(actual - expected) <= Math.Max(Math.Abs(expected) * tolerance, 1e-14), $"{actual} instead of {expected}");

    private static MaximumAccumulator<float> Maximum(float[] values)
    {
        MaximumAccumulator<float> maximum = new();
        maximum.Add(new Vector<float>(values));
        return maximum;
    }

    private static MinimumAccumulator<float> Minimum(float[] values)
    {
        MinimumAccumulator<float> minimum = new();
        minimum.Add(new Vector<float>(values));
        return minimum;
    }

    private static SingleAccumulator Sum(float[] values)
    {
        SingleAccumulator sum = new();
        sum.Add(new Vector<float>(values));
        return sum;
    }
}
