"""Writes quantization.json: how far the ONNX models of samples/QuantizationCheck are apart on its images, for each class.

Nothing here runs a model. The weights are read from the files and the operators are computed as the ONNX specification says: matrix
products of the float32 model in float64, those of integers exactly, and what DynamicQuantizeLinear rounds in float32. The divergences
are float64.
"""

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

DATA = Path(__file__).parents[2] / "samples" / "QuantizationCheck" / "data"


def constants(name):
    """The weights of a model by name."""
    model = onnx.load(DATA / name)
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}


def dense(values, weights, index):
    """Gemm of opset 13, without transposition."""
    return values @ weights[f"weights_{index}"].astype(np.float64) + weights[f"biases_{index}"]


def dynamic(values, weights, index):
    """DynamicQuantizeLinear and MatMulInteger, over the whole batch."""
    low, high = min(values.min(), np.float32(0)), max(values.max(), np.float32(0))
    step = np.float32((high - low) / np.float32(255))
    zero = np.clip(np.rint(-low / step), 0, 255)
    rounded = np.clip(np.rint(values / step) + zero, 0, 255).astype(np.int64) - int(zero)
    products = rounded @ (weights[f"weights_{index}"].astype(np.int64) - int(weights[f"weights_zero_{index}"]))
    return products.astype(np.float32) * (step * weights[f"weights_step_{index}"]) + weights[f"biases_{index}"]


def logits(name, layer, images):
    """A layer, ReLU, a layer."""
    weights = constants(name)
    return layer(np.maximum(layer(images, weights, 1), images.dtype.type(0)), weights, 2).astype(np.float64)


def log_softmax(values):
    """Along the last axis."""
    shifted = values - values.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def summary(divergences, same, tokens):
    """The statistics of some tokens."""
    worst = tokens[np.argmax(divergences[tokens])]
    return {
        "tokens": len(tokens),
        "mean": float(divergences[tokens].mean()),
        "maximum": float(divergences[worst]),
        "maximumToken": int(worst),
        "sameShare": float(same[tokens].mean()),
    }


def main():
    """The images are float16, and exact in every wider type."""
    images, labels = np.load(DATA / "digits_images.npy"), np.load(DATA / "digits_labels.npy")
    p = log_softmax(logits("digits_float32.onnx", dense, images.astype(np.float64)))
    q = log_softmax(logits("digits_dynamic.onnx", dynamic, images.astype(np.float32)))
    divergences = (np.exp(p) * (p - q)).sum(axis=-1)
    same = p.argmax(axis=-1) == q.argmax(axis=-1)
    rows = np.arange(len(labels))
    result = summary(divergences, same, rows)
    result["perplexity"] = [float(np.exp(-x[rows, labels].mean())) for x in (p, q)]
    result["classes"] = [summary(divergences, same, rows[labels == label]) for label in range(10)]
    Path("quantization.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
