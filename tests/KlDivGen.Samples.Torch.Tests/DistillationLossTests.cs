using TorchSharp;
using TorchSharpTraining;
using static TorchSharp.torch;

namespace KlDivGen.Samples.Torch.Tests;

/// <summary>The generated loss as an autograd function, compared with the formula of TorchSharp in double.</summary>
public sealed class DistillationLossTests : IDisposable
{
    private const int Rows = 33, Classes = 37;

    private readonly DisposeScope scope;

    public DistillationLossTests()
    {
        LibtorchAvailability.SkipIfAbsent();
        this.scope = NewDisposeScope();
        manual_seed(20261126);
    }

    /// <summary>The layouts of a matrix in memory.</summary>
    public static TheoryData<string, string> Layouts => new(
        from input in (string[])["contiguous", "sliced", "transposed", "step", "offset"]
        from target in (string[])["contiguous", "sliced", "transposed", "expanded"]
        select (input, target));

    public void Dispose() => this.scope?.Dispose();

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Loss_and_gradient_equal_those_of_TorchSharp_for_every_layout(string inputLayout, string targetLayout)
    {
        Tensor input = CreateLogits(inputLayout), target = CreateLogits(targetLayout), mask = rand(Rows) > 0.3;

        AssertEqualsFormula(input, target, mask);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(7, 1)]
    [InlineData(1, 1)]
    [InlineData(64, 10)]
    [InlineData(3, 4099)]
    public void Loss_and_gradient_equal_those_of_TorchSharp_for_every_shape(int rows, int classes) =>
        AssertEqualsFormula(randn(rows, classes) * 3, randn(rows, classes) * 3, ones(rows, dtype: ScalarType.Bool));

    [Fact]
    public void Sequences_may_be_sliced_and_permuted()
    {
        Tensor input = randn(5, 4, 12).permute(1, 0, 2), target = randn(4, 9, 20)[.., 2..7, 3..15];

        AssertEqualsFormula(input, target, rand(4, 5) > 0.5);
    }

    [Fact]
    public void Gradient_flows_through_a_slice_of_the_logits_and_is_multiplied_by_that_of_the_loss()
    {
        Tensor target = randn(Rows, Classes), mask = ones(Rows, dtype: ScalarType.Bool);
        Tensor ours = randn(Rows, Classes + 3).requires_grad_(), theirs = ours.detach().clone().to(float64).requires_grad_();

        (DistillationLoss.Apply(ours[.., 3..], target, mask) * 0.25).backward();
        (KlDivFormula.Apply(theirs[.., 3..], target.to(float64), mask) * 0.25).backward();

        AssertClose(theirs.grad!, ours.grad!);
    }

    [Fact]
    public void Second_backward_pass_over_a_retained_graph_adds_the_same_gradient()
    {
        Tensor input = randn(Rows, Classes).requires_grad_();
        Tensor loss = DistillationLoss.Apply(input, randn(Rows, Classes), ones(Rows, dtype: ScalarType.Bool));

        autograd.backward([loss], retain_graph: true);
        Tensor once = input.grad!.clone();
        autograd.backward([loss]);

        Assert.True(input.grad!.equal(once * 2).all().item<bool>());
    }

    [Fact]
    public void Masked_rows_are_not_read_and_have_no_gradient()
    {
        Tensor input = randn(4, Classes), mask = tensor((bool[])[true, false, true, false]);
        input[1] = float.NaN;
        input.requires_grad_();

        Tensor loss = DistillationLoss.Apply(input, randn(4, Classes), mask);
        loss.backward();

        Assert.True(float.IsFinite(loss.item<float>()));
        Assert.Equal(0, input.grad![1].abs().max().item<float>());
        Assert.NotEqual(0, input.grad![2].abs().max().item<float>());
    }

    [Fact]
    public void Memory_of_the_tensors_is_used_and_not_copied()
    {
        Tensor tensor = zeros(3, 8), transposed = tensor.t();

        TensorMemory.AsSpan<float>(tensor, ScalarType.Float32, "tensor")[9] = 1;
        TensorMemory.AsTensorSpan(transposed, "transposed")[3, 2] = 2;
        TensorMemory.AsTensorSpan(tensor[1.., 4..], "sliced")[1, 3] = 3;

        Assert.Equal((1, 2, 3), (tensor[1, 1].item<float>(), tensor[2, 3].item<float>(), tensor[2, 7].item<float>()));
        Assert.Equal(6, tensor.sum().item<float>());
    }

    [Fact]
    public void Tensors_that_cannot_be_spans_are_refused_by_name()
    {
        Tensor valid = randn(4, 6), mask = ones(4, dtype: ScalarType.Bool);

        AssertRefused("input", "Float64", valid.to(float64), valid, mask);
        AssertRefused("target", "Float16", valid, valid.to(float16), mask);
        AssertRefused("mask", "Float32", valid, valid, ones(4));
        AssertRefused("input", "sparse", valid.to_sparse(), valid, mask);
        AssertRefused("input", "meta", valid.to(new Device(DeviceType.META)), valid, mask);
        AssertRefused("mask", "not contiguous", valid, valid, ones(8, dtype: ScalarType.Bool)[TensorIndex.Slice(0, null, 2)]);
        AssertRefused("input", "strides (1, 1)", randn(9).as_strided([4, 6], [1, 1], 0), valid, mask);
    }

    [Fact]
    public void Shapes_that_differ_and_targets_that_need_a_gradient_are_refused_by_name()
    {
        Tensor valid = randn(4, 6), mask = ones(4, dtype: ScalarType.Bool);

        AssertRefused("target", "(4, 5)", valid, randn(4, 5), mask);
        AssertRefused("mask", "(3)", valid, valid, ones(3, dtype: ScalarType.Bool));
        AssertRefused("input", "scalar", tensor(1f), tensor(1f), mask);
        AssertRefused("target", "detach", valid, randn(4, 6).requires_grad_(), mask);
    }

    private static void AssertRefused(string name, string message, Tensor input, Tensor target, Tensor mask)
    {
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => DistillationLoss.Apply(input, target, mask));
        Assert.Equal(name, exception.ParamName);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private static Tensor CreateLogits(string layout) => layout switch
    {
        "sliced" => (randn(Rows + 3, Classes + 5) * 3)[2..(Rows + 2), 4..(Classes + 4)],
        "transposed" => (randn(Classes, Rows) * 3).t(),
        "step" => (randn(Rows, 2 * Classes) * 3)[.., TensorIndex.Slice(1, null, 2)],
        "offset" => (randn(Rows + 1, Classes) * 3)[1..],
        "expanded" => (randn(1, Classes) * 3).expand(Rows, Classes),
        _ => randn(Rows, Classes) * 3,
    };

    private static void AssertEqualsFormula(Tensor input, Tensor target, Tensor mask)
    {
        Tensor ours = input.detach().requires_grad_(), theirs = input.detach().to(float64).requires_grad_();
        Tensor loss = DistillationLoss.Apply(ours, target, mask), expected = KlDivFormula.Apply(theirs, target.to(float64), mask);

        loss.backward();
        expected.backward();

        AssertClose(expected, loss);
        AssertClose(theirs.grad!, ours.grad!);
    }

    // 2⁻¹⁹ relative, and what half an ULP of logits below 16 changes in a loss or a gradient: 2⁻²³ · 16.
    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Tensor error = (actual.to(float64) - expected).abs(), bound = (expected.abs() * 4e-6) + 2e-6;
        Assert.True((error <= bound).all().item<bool>(), $"The largest error is {error.max().item<double>()}.");
    }
}
