"""Writes digits_float32.onnx and digits_dynamic.onnx, from the weights of the teacher that Distillation trains.

digits_float32.onnx computes logits from images in float32. digits_dynamic.onnx is the same network with dynamic quantisation: the
weights are 8-bit integers, and each layer rounds its input to 8 bits, over the range that the input has in this batch. Arguments: the
folder that "Distillation --weights" wrote to. Needs the packages onnx and numpy, in Debian python3-onnx and python3-numpy.
"""

import sys
from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

LAYERS = 2


def float_layer(index, source, result, weights, biases):
    """source · weights + biases: the nodes and the constants."""
    nodes = [helper.make_node("Gemm", [source, f"weights_{index}", f"biases_{index}"], [result])]
    return nodes, {f"weights_{index}": weights, f"biases_{index}": biases}


def dynamic_layer(index, source, result, weights, biases):
    """The same with integers from 0 to 255, of which 128 stands for 0.

    Signed weights would be usual. But a processor without VNNI instructions adds products of unsigned and signed bytes with saturation, so
    that the logits would depend on the machine.
    """
    step = np.float32(np.abs(weights).max() / 127)
    rounded = (np.rint(weights / step) + 128).astype(np.uint8)
    constants = {
        f"weights_{index}": rounded,
        f"weights_zero_{index}": np.uint8(128),
        f"weights_step_{index}": step,
        f"biases_{index}": biases,
    }
    name = lambda text: f"{text}_{index}"
    nodes = [
        helper.make_node("DynamicQuantizeLinear", [source], [name("input"), name("input_step"), name("input_zero")]),
        helper.make_node(
            "MatMulInteger", [name("input"), name("weights"), name("input_zero"), name("weights_zero")], [name("products")]),
        helper.make_node("Cast", [name("products")], [name("sums")], to=TensorProto.FLOAT),
        helper.make_node("Mul", [name("input_step"), name("weights_step")], [name("step")]),
        helper.make_node("Mul", [name("sums"), name("step")], [name("scaled")]),
        helper.make_node("Add", [name("scaled"), name("biases")], [result]),
    ]
    return nodes, constants


def write(path, layer, parameters):
    """Writes a network: a layer, ReLU, a layer."""
    nodes, constants, source = [], {}, "images"
    for index, (weights, biases) in enumerate(parameters, start=1):
        result = "logits" if index == LAYERS else f"sums_of_layer_{index}"
        layer_nodes, layer_constants = layer(index, source, result, weights, biases)
        nodes += layer_nodes
        constants |= layer_constants
        if index < LAYERS:
            source = f"hidden_{index}"
            nodes.append(helper.make_node("Relu", [result], [source]))

    (features, classes) = (parameters[0][0].shape[0], parameters[-1][0].shape[1])
    graph = helper.make_graph(
        nodes,
        path.stem,
        [helper.make_tensor_value_info("images", TensorProto.FLOAT, ["N", features])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["N", classes])],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, producer_name="KlDivGen", opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    checker.check_model(model, full_check=True)
    save(model, path)


def main():
    """The last row of a layer's file holds its biases."""
    files = [np.load(Path(sys.argv[1]) / f"layer_{index}.npy") for index in range(1, LAYERS + 1)]
    parameters = [(rows[:-1], rows[-1]) for rows in files]
    folder = Path(__file__).parent
    write(folder / "digits_float32.onnx", float_layer, parameters)
    write(folder / "digits_dynamic.onnx", dynamic_layer, parameters)


if __name__ == "__main__":
    main()
