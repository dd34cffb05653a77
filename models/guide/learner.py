"""One training step: next-token loss on the reply, an auxiliary classifier, balanced experts, averaging."""

from __future__ import annotations

import copy
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - PyTorch's own convention
from transformers import GptOssForCausalLM
from transformers.models.gpt_oss.modeling_gpt_oss import load_balancing_loss_func

from models.guide.batches import IGNORED, Batch

_DROPOUT = 0.1
_CLASSIFIER_WEIGHT = 0.25
_BALANCE_WEIGHT = 0.01
_AVERAGE = 0.998
_EMBEDDING_RATE = 0.25


class Learner:
    """The model with what exists only while it learns.

    The auxiliary classifier names what is asked for from the hidden states where the answer is chosen: at the
    prompt's last token and as the analysis begins. It shapes those states and is thrown away. The average of
    the weights over the last steps generalises better than the weights themselves (Polyak averaging) and is
    what gets saved.

    Args:
        model: the model to train.
        labels: number of the classifier's labels.
        rate: peak learning rate.
    """

    def __init__(self, model: GptOssForCausalLM, labels: int, rate: float) -> None:
        self.model = model
        self.classifier = nn.Linear(model.config.hidden_size, labels)
        self._rate = rate
        self._router_logits: list[Tensor] = []
        self.average = copy.deepcopy(model).train(False).requires_grad_(False)
        self.average_classifier = copy.deepcopy(self.classifier).requires_grad_(False)
        embedding = model.get_input_embeddings().weight
        parameters = [*model.parameters(), *self.classifier.parameters()]
        matrices = [p for p in parameters if p.ndim > 1 and p is not embedding]
        vectors = [p for p in parameters if p.ndim == 1]
        self._optimizer = torch.optim.AdamW(
            [
                {"params": matrices, "weight_decay": 0.05, "share": 1.0},
                {"params": vectors, "weight_decay": 0.0, "share": 1.0},
                {"params": [embedding], "weight_decay": 0.0, "share": _EMBEDDING_RATE},
            ],
            lr=rate,
            betas=(0.9, 0.98),
            fused=True,
        )
        self._parameters = parameters
        self._steps = 0
        self._add_hooks()

    def step(self, batch: Batch, rate_factor: float) -> tuple[float, float]:
        """Learn from one batch; return the losses of the text and of the classifier."""
        for group in self._optimizer.param_groups:
            group["lr"] = self._rate * rate_factor * group["share"]
        self.model.train()
        self._router_logits.clear()
        hidden = self.model.model(input_ids=batch.ids, use_cache=False).last_hidden_state
        learnt = batch.targets != IGNORED
        losses = F.cross_entropy(self.model.lm_head(hidden[learnt]), batch.targets[learnt], reduction="none")
        weights = batch.weights[learnt]
        text = (losses * weights).sum() / weights.sum()
        read = batch.labels != IGNORED
        named = F.cross_entropy(self.classifier(hidden[read]), batch.labels[read], label_smoothing=0.05)
        config = self.model.config
        logits: Any = tuple(self._router_logits)
        balance: Any = load_balancing_loss_func(logits, config.num_local_experts, config.num_experts_per_tok)
        (text + _CLASSIFIER_WEIGHT * named + _BALANCE_WEIGHT * balance).backward()
        nn.utils.clip_grad_norm_(self._parameters, 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        self._steps += 1
        self._update_average()
        return text.item(), named.item()

    def state(self) -> dict[str, Any]:
        """Everything needed to go on later."""
        return {
            "model": self.model.state_dict(),
            "classifier": self.classifier.state_dict(),
            "average": self.average.state_dict(),
            "average_classifier": self.average_classifier.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "steps": self._steps,
        }

    def load_state(self, state: dict[str, Any]) -> None:
        """Go on from `state()`."""
        self.model.load_state_dict(state["model"])
        self.classifier.load_state_dict(state["classifier"])
        self.average.load_state_dict(state["average"])
        self.average_classifier.load_state_dict(state["average_classifier"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._steps = state["steps"]

    def _update_average(self) -> None:
        weight = 1 - min(_AVERAGE, (1 + self._steps) / (10 + self._steps))
        for mean, module in ((self.average, self.model), (self.average_classifier, self.classifier)):
            torch._foreach_lerp_([*mean.parameters()], [p.detach() for p in module.parameters()], weight)

    def _add_hooks(self) -> None:
        """Dropout after the embedding and each block's two halves; keep the routers' logits."""

        def drop(module: nn.Module, _: Any, output: Any) -> Any:
            if isinstance(output, tuple):
                return (F.dropout(output[0], _DROPOUT, module.training), *output[1:])
            return F.dropout(output, _DROPOUT, module.training)

        def keep(module: nn.Module, _: Any, output: Any) -> None:
            if module.training:
                self._router_logits.append(output[0])

        self.model.model.embed_tokens.register_forward_hook(drop)
        for layer in self.model.model.layers:
            layer.self_attn.register_forward_hook(drop)
            layer.mlp.register_forward_hook(drop)
            layer.mlp.router.register_forward_hook(keep)
