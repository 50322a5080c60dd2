using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Rows;

/// <summary>The gradients of Σ gⱼ · lⱼ, where each element's loss lⱼ has an upstream gradient gⱼ of its own.</summary>
internal sealed partial class RowOracle
{
    private void ApplyUpstream(
        RowSettings settings, double temperature, ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> gradOutputs)
    {
        if (this.CreateSides(settings, temperature, x, y) is not { } sides)
        {
            // A row without a distribution: what it has without upstream gradients.
            return;
        }

        bool byProbability = settings is { InputLogits: true, TargetLogits: false, LogTarget: false };
        (this.GradInput, this.GradTarget) = (new Expected[x.Length], new Expected[x.Length]);
        for (int i = 0; i < x.Length; i++)
        {
            Derivatives element = settings.Divergence switch
            {
                Divergence.Forward => this.Forward(sides[i], byProbability, settings.Dialect),
                Divergence.Reverse => this.Reverse(sides[i], byProbability),
                _ => this.Mixture(sides[i], byProbability),
            };
            (this.GradInput[i], this.GradTarget[i]) = (element.ByQ.Times(gradOutputs[i]), element.ByP.Times(gradOutputs[i]));
            if (byProbability)
            {
                // The product with the upstream gradient may overflow before a weight makes it small.
                Expected byTarget = this.GradTarget[i];
                this.GradTarget[i] = byTarget with { Allowed = byTarget.Allowed | this.elements.AllowOverflow(byTarget.Exact) };
            }
        }

        if (settings.InputLogits)
        {
            this.GradInput = this.ByLogits(this.GradInput, sides, side => (side.Q, side.QError), temperature);
        }

        if (settings.TargetLogits)
        {
            this.GradTarget = this.ByLogits(this.GradTarget, sides, side => (side.P, side.PError), temperature);
        }
    }

    /// <summary>p · (log p − log q), of which the derivatives by log q and log p are −p and p · (log p − log q + 1).</summary>
    private Derivatives Forward(Side side, bool byProbability, Dialect dialect)
    {
        DoubleDouble p = side.P;
        Expected byQ = p.Hi == 0 ? new(0, double.IsNegativeInfinity(side.LogP.Hi) ? 0 : 1) : this.Scaled(-p, p.Hi * side.PError);
        if (p.Hi == 0)
        {
            return new(Unknown, byQ, !byProbability ? byQ : dialect switch
            {
                Dialect.Paddle => Expected.Zero,
                Dialect.PyTorch => Expected.NaN,
                _ => new(-Infinity),
            });
        }

        if (double.IsNegativeInfinity(side.LogQ.Hi))
        {
            return new(new(Infinity), byQ, new(Infinity));
        }

        DoubleDouble d = side.LogP - side.LogQ;
        double distance = Math.Abs(d.Hi), weight = byProbability ? 1 : p.Hi;
        double rounding = 4 * this.logitError * (1 + distance + (byProbability ? Math.Abs(side.LogP.Hi) : 0));
        double error = weight * ((side.PError * (1 + distance)) + side.QError + rounding);
        return new(this.Scaled(p * d, error), byQ, this.Scaled((byProbability ? 1 : p) * (d + 1), error));
    }
}
