"""What one generation did, and how long it took."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StopReason(StrEnum):
    """Why a generation ended.

    STOP: a stop token. LENGTH: as many tokens as were asked for. CONTEXT: the context is full.
    CANCELLED: the user stopped it. CLOSED: the consumer took no more tokens.
    """

    STOP = "stop"
    LENGTH = "length"
    CONTEXT = "context"
    CANCELLED = "cancelled"
    CLOSED = "closed"


@dataclass
class GenerationStatistics:
    """Counts in tokens, times in seconds; filled while the generation runs.

    Attributes:
        input_tokens: length of the prompt.
        cached_tokens: how many of them were still in the KV cache and not computed again.
        output_tokens: tokens yielded, the stop token included.
        prefill_s: computing the prompt, up to its logits.
        ttft_s: from the start to the first token.
        decode_s: from the first token to the last, the consumer's own time left out.
        run_s: time inside onnxruntime while decoding; decode_s − run_s is what Python costs.
        stop_reason: why it ended; CLOSED until it did.
    """

    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    prefill_s: float = 0.0
    ttft_s: float = 0.0
    decode_s: float = 0.0
    run_s: float = 0.0
    stop_reason: StopReason = StopReason.CLOSED

    @property
    def prefill_tokens_per_s(self) -> float:
        """Prompt tokens computed a second; 0 when none were."""
        return (self.input_tokens - self.cached_tokens) / self.prefill_s if self.prefill_s else 0.0

    @property
    def decode_tokens_per_s(self) -> float:
        """Tokens a second after the first one; 0 when there were none."""
        return self.decoded_tokens / self.decode_s if self.decode_s else 0.0

    @property
    def decoded_tokens(self) -> int:
        """Tokens that took a decode step of their own: all but the first, which comes from the prompt."""
        return max(self.output_tokens - 1, 0)

    @property
    def overhead_s(self) -> float:
        """Python's own time for each decoded token: everything outside `run`."""
        return (self.decode_s - self.run_s) / self.decoded_tokens if self.decoded_tokens else 0.0
