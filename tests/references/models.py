"""Writes models-*.onnx: models that QuantizationCheck refuses, each for another reason."""

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

FLOAT, DOUBLE = TensorProto.FLOAT, TensorProto.DOUBLE


def write(name, nodes, inputs, outputs, constants=()):
    """Inputs and outputs are (name, type, shape)."""
    values = lambda infos: [helper.make_tensor_value_info(*info) for info in infos]
    graph = helper.make_graph(nodes, name, values(inputs), values(outputs), constants)
    model = helper.make_model(graph, producer_name="KlDivGen", opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    checker.check_model(model, full_check=True)
    save(model, f"models-{name}.onnx")


def main():
    """All have the images of the sample's data as their input."""
    images, logits = ("images", FLOAT, ["N", 64]), ("logits", FLOAT, ["N", 64])
    relu = helper.make_node("Relu", ["images"], ["logits"])
    write("two-inputs", [helper.make_node("Add", ["images", "more"], ["logits"])], [images, ("more", FLOAT, ["N", 64])], [logits])
    write("double", [relu], [("images", DOUBLE, ["N", 64])], [("logits", DOUBLE, ["N", 64])])
    write("double-output", [helper.make_node("Cast", ["images"], ["logits"], to=DOUBLE)], [images], [("logits", DOUBLE, ["N", 64])])
    write("fixed-batch", [relu], [("images", FLOAT, [5, 64])], [("logits", FLOAT, [5, 64])])
    write("open-classes", [relu], [("images", FLOAT, ["N", "M"])], [("logits", FLOAT, ["N", "M"])])
    write("doubled", [helper.make_node("Concat", ["images", "images"], ["logits"], axis=0)], [images], [("logits", FLOAT, ["M", 64])])
    shape = numpy_helper.from_array(np.array([7, 64]), "shape")
    write("failing", [helper.make_node("Reshape", ["images", "shape"], ["logits"])], [images], [("logits", FLOAT, [7, 64])], [shape])


if __name__ == "__main__":
    main()
