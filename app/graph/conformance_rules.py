"""Where a provider's kernel does not do what the operator says: data, each row with its source.

Rows describe graphs as they are published. `Effect.WRONG` is why this table exists: such a kernel takes the
node, runs, and gives other numbers without a word. "ort:" in a source stands for onnxruntime's repository.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MICROSOFT = "com.microsoft"
_DML = "ort:onnxruntime/core/providers/dml/DmlExecutionProvider/src/Operators"
_GQA_DML = f"{_DML}/DmlOperatorGroupQueryAttention.cpp: reads inputs 0, 1, 2, 5 and 6 only"
_BITS_DML = f"{_DML}/DmlOperatorMatMulNBits.cpp"
_ROTARY_DML = f"{_DML}/DmlOperatorRotaryEmbedding.cpp"
_REGISTERED_DML = f"{_DML}/OperatorRegistration.cpp: no such registration"
_MOE_CPU = "ort:onnxruntime/contrib_ops/cpu/moe/moe_quantization_cpu.cc"
_MOE_WEBGPU = "ort:onnxruntime/contrib_ops/webgpu/moe/qmoe.cc"
_GATE_WEBGPU = "ort:onnxruntime/contrib_ops/webgpu/moe/gate.wgsl.template"
_GATHER_WEBGPU = "ort:onnxruntime/contrib_ops/webgpu/moe/hidden_state_gather.wgsl.template"
_BITS_WEBGPU = "ort:onnxruntime/contrib_ops/webgpu/quantization/matmul_nbits.cc"
_GQA_CPU = "ort:onnxruntime/contrib_ops/cpu/bert/group_query_attention.cc"
_COREML = "ort:onnxruntime/core/providers/coreml/builders/op_builder_factory.cc: no such builder"


class Effect(StrEnum):
    """What happens to a node that a rule is about."""

    WRONG = "wrong"
    ONE_BY_ONE = "wrong for several tokens at once, right for one"
    FAILS = "fails"
    FALLS_BACK = "falls back"


@dataclass(frozen=True)
class Always:
    """Every node of the operator."""


@dataclass(frozen=True)
class Attribute:
    """An attribute is set to something else than what the kernel assumes.

    Attributes:
        name: of the attribute.
        harmless: values that change nothing; an attribute that is not set changes nothing either.
        required: it must be set to one of `harmless`.
    """

    name: str
    harmless: tuple[int | float | str, ...]
    required: bool = False


@dataclass(frozen=True)
class Input:
    """An optional input is given, or is not.

    Attributes:
        number: of the input, from 0.
        given: which of both the rule is about.
    """

    number: int
    given: bool = True


@dataclass(frozen=True)
class Output:
    """An optional output is asked for."""

    number: int


@dataclass(frozen=True)
class Ragged:
    """The length of a row is no multiple of the block size."""

    length: str = "K"
    block: str = "block_size"


@dataclass(frozen=True)
class Uneven:
    """A dimension of a weight is no multiple of a number.

    Attributes:
        number: of the input that the weight is.
        axis: which dimension.
        multiple: the number.
    """

    number: int
    axis: int
    multiple: int


@dataclass(frozen=True)
class Continued:
    """Several tokens are computed behind a cache that holds some already, as every second turn does."""


@dataclass(frozen=True)
class NewerOpset:
    """The graph uses a version of ONNX' operators above this one."""

    newest: int


Condition = Always | Attribute | Input | Output | Ragged | Uneven | Continued | NewerOpset


@dataclass(frozen=True)
class Rule:
    """One row.

    Attributes:
        provider: "cpu", "directml", "webgpu" or "coreml".
        operator: its type; "*" for every operator of the domain.
        condition: which nodes.
        effect: what happens to them.
        why: in a clause, for the person who chose the model.
        source: where that is known from.
        domain: of the operator; empty for ONNX' own.
        before: the first version of onnxruntime that does it right; empty while none does.
        software: it happens on adapters that are software only.
    """

    provider: str
    operator: str
    condition: Condition
    effect: Effect
    why: str
    source: str
    domain: str = MICROSOFT
    before: str = ""
    software: bool = False


def _attention(condition: Condition, effect: Effect, why: str) -> Rule:
    return Rule("directml", "GroupQueryAttention", condition, effect, why, _GQA_DML)


def _missing(provider: str, operator: str, source: str, domain: str = MICROSOFT) -> Rule:
    return Rule(provider, operator, Always(), Effect.FALLS_BACK, "there is no kernel", source, domain)


_DIRECTML = (
    _attention(Input(11), Effect.WRONG, "attention sinks are ignored"),
    _attention(Attribute("local_window_size", (-1,)), Effect.WRONG, "the sliding window is ignored"),
    _attention(Attribute("do_rotary", (0,)), Effect.WRONG, "rotary embeddings are ignored"),
    _attention(Attribute("softcap", (0.0,)), Effect.WRONG, "the soft cap is ignored"),
    _attention(Attribute("smooth_softmax", (0, -1)), Effect.WRONG, "smooth softmax is ignored"),
    _attention(Input(10), Effect.WRONG, "the attention bias is ignored"),
    _attention(Continued(), Effect.WRONG, "a prompt behind a filled cache is computed as if that were empty"),
    _attention(Input(1, given=False), Effect.FAILS, "queries, keys and values packed into one are refused"),
    _missing("directml", "QMoE", _REGISTERED_DML),
    _missing("directml", "MoE", _REGISTERED_DML),
    _missing("directml", "GatherBlockQuantized", _REGISTERED_DML),
    Rule("directml", "MatMulNBits", Input(4), Effect.FAILS, "a group index is refused", _BITS_DML),
    Rule("directml", "MatMulNBits", Input(5), Effect.FAILS, "a bias is refused", _BITS_DML),
    Rule("directml", "MatMulNBits", Ragged(), Effect.FALLS_BACK, "rows do not divide into blocks", _BITS_DML),
    Rule(
        "directml",
        "RotaryEmbedding",
        Attribute("scale", (1.0,)),
        Effect.WRONG,
        "the scale is ignored",
        _ROTARY_DML,
    ),
    Rule(
        "directml",
        "RotaryEmbedding",
        Attribute("is_packed_batching", (0,)),
        Effect.WRONG,
        "packed batches are ignored",
        _ROTARY_DML,
    ),
    Rule(
        "directml",
        "SimplifiedLayerNormalization",
        Output(1),
        Effect.FAILS,
        "a second output is refused",
        f"{_DML}/DmlOperatorLayerNormalization.cpp",
        "",
    ),
    Rule(
        "directml",
        "DequantizeLinear",
        Attribute("block_size", (0,)),
        Effect.WRONG,
        "the block size is ignored",
        f"{_DML}/DmlOperatorElementWise.cpp, DmlOperatorQuantization21: never reads it",
        "",
    ),
    *(_missing("directml", name, _REGISTERED_DML, "") for name in ("If", "Loop", "Scan")),
    *(
        _missing("directml", name, _REGISTERED_DML, "")
        for name in ("Attention", "RMSNormalization", "RotaryEmbedding")
    ),
    Rule(
        "directml",
        "*",
        NewerOpset(21),
        Effect.FALLS_BACK,
        "operators newer than opset 21 are not registered",
        _REGISTERED_DML,
        "",
    ),
)

_WEBGPU = (
    *(
        Rule("webgpu", "QMoE", Input(number), Effect.FAILS, "zero points are refused", _MOE_WEBGPU)
        for number in (11, 12, 13)
    ),
    Rule("webgpu", "QMoE", Input(8), Effect.FAILS, "a third matrix of the experts is refused", _MOE_WEBGPU),
    Rule("webgpu", "QMoE", Input(14), Effect.FAILS, "separate router weights are refused", _MOE_WEBGPU),
    Rule(
        "webgpu",
        "QMoE",
        Attribute("activation_type", ("swiglu",), required=True),
        Effect.FAILS,
        "only swiglu is computed",
        _MOE_WEBGPU,
    ),
    Rule(
        "webgpu",
        "QMoE",
        Always(),
        Effect.WRONG,
        "experts can come out as NaN",
        "github.com/microsoft/onnxruntime/issues/28433, mended by pull 28434",
        before="1.27.0",
    ),
    Rule(
        "webgpu",
        "QMoE",
        Attribute("expert_weight_bits", (4,)),
        Effect.ONE_BY_ONE,
        "experts of 8 bits come out wrong",
        "measured with onnxruntime-ep-webgpu 0.4.0: blocks of 32, rows that are no multiple of 128, 5 tokens"
        " for an expert",
    ),
    Rule(
        "webgpu",
        "QMoE",
        Uneven(5, 1, 64),
        Effect.ONE_BY_ONE,
        "hidden states are written by two workgroups at once, and cut short unless they divide by 64",
        f"{_GATHER_WEBGPU}: 64 threads write whole shares of a row, beyond its end; final_mix rounds the"
        " share down. The shaders of onnxruntime-ep-webgpu 0.4.0, as it logs them, count a row in single"
        " numbers. Measured on lavapipe: rows of 96 all wrong; 128, 192, 320 and 2,880 right, the last with"
        " experts of 2,880 for 2 to 64 tokens (on SwiftShader for 2 to 16)",
    ),
    Rule(
        "webgpu",
        "QMoE",
        Always(),
        Effect.ONE_BY_ONE,
        "tokens are lost to experts",
        f"{_GATE_WEBGPU}: the first workgroup sets the counts to zero while others count already, as the"
        " threads of a processor do not run all workgroups at once",
        software=True,
    ),
    Rule("webgpu", "MatMulNBits", Input(4), Effect.FAILS, "a group index is refused", _BITS_WEBGPU),
    _missing("webgpu", "MoE", "ort:onnxruntime/contrib_ops/webgpu/webgpu_contrib_kernels.cc: commented out"),
    *(
        _missing("webgpu", name, "ort:onnxruntime/core/providers/webgpu: control flow is the processor's", "")
        for name in ("If", "Loop", "Scan")
    ),
)

_CPU = (
    Rule(
        "cpu",
        "QMoE",
        Attribute("swiglu_fusion", (1,)),
        Effect.FAILS,
        "gate and linear must be interleaved",
        _MOE_CPU,
    ),
    Rule(
        "cpu",
        "QMoE",
        Always(),
        Effect.FAILS,
        "computing on several threads can stop for ever",
        "github.com/microsoft/onnxruntime/issues/29047, mended by pull 29081",
        before="1.28.0",
    ),
    Rule(
        "cpu",
        "QMoE",
        Attribute("accuracy_level", ()),
        Effect.FAILS,
        "the attribute is not known",
        "github.com/microsoft/onnxruntime/pull/32644",
        before="1.31.0",
    ),
    Rule(
        "cpu",
        "GroupQueryAttention",
        Attribute("local_window_size", (-1,)),
        Effect.WRONG,
        "the window is one token too long",
        "github.com/microsoft/onnxruntime/pull/25927",
        before="1.24.0",
    ),
    Rule(
        "cpu", "GroupQueryAttention", Input(11), Effect.FAILS, "sinks are refused", _GQA_CPU, before="1.23.0"
    ),
)

_APPLE = tuple(
    _missing("coreml", operator, _COREML)
    for operator in ("QMoE", "MoE", "GroupQueryAttention", "MatMulNBits")
)

RULES: tuple[Rule, ...] = (*_DIRECTML, *_WEBGPU, *_CPU, *_APPLE)
"""The table."""
