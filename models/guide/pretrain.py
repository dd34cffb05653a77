"""Give the embedding a head start: a bag-of-tokens classifier learns which words tell intents apart.

One attention-pooled vector of the question's token embeddings names what is asked for (after fastText,
Joulin et al., 2017). It trains in about a minute, and what it learns is what the first attention layer would
have to find slowly.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - PyTorch's own convention
from transformers import GptOssForCausalLM

from models.guide.samples import SampleMaker

_BATCH = 256
_SCALE = 0.2
_POOLING_GAIN = 1.5


class BagOfTokens(nn.Module):
    """Token ids [B, T], padded with -1, to label scores [B, labels]."""

    def __init__(self, vocabulary: int, hidden: int, labels: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, hidden)
        self.relevance = nn.Linear(hidden, 1)
        self.names = nn.Linear(hidden, labels)

    def forward(self, ids: Tensor) -> Tensor:
        """Pool the normalised embeddings by learnt relevance, then classify."""
        tokens = F.rms_norm(self.embedding(ids.clamp(min=0)), (self.embedding.embedding_dim,))
        tokens = F.dropout(tokens, 0.3, self.training)
        scores = self.relevance(tokens).squeeze(-1).masked_fill(ids < 0, -1e4)
        pooled = (scores.softmax(-1).unsqueeze(-1) * tokens).sum(1)
        named: Tensor = self.names(F.dropout(pooled, 0.2, self.training) * 3.0)
        return named


def pretrain_embedding(
    maker: SampleMaker, vocabulary: int, hidden: int, labels: int, epochs: int, rng: random.Random
) -> BagOfTokens:
    """Train the bag of tokens on augmented questions; its embedding rows have one root mean square."""
    bag = BagOfTokens(vocabulary, hidden, labels)
    optimizer = torch.optim.AdamW(bag.parameters(), 5e-3, weight_decay=0.01)
    for epoch in range(epochs):
        for group in optimizer.param_groups:
            group["lr"] = 5e-3 * max(0.05, 1 - epoch / epochs)
        questions = maker.questions()
        rng.shuffle(questions)
        for first in range(0, len(questions), _BATCH):
            part = questions[first : first + _BATCH]
            loss = F.cross_entropy(bag(pad_ids([ids for ids, _ in part])), torch.tensor([n for _, n in part]))
            optimizer.zero_grad(set_to_none=True)
            torch.autograd.backward(loss)
            optimizer.step()
    with torch.no_grad():
        weight = bag.embedding.weight
        weight.mul_(_SCALE / weight.pow(2).mean(1, keepdim=True).sqrt())
    return bag.eval()


@torch.no_grad()
def plant_pooling(model: GptOssForCausalLM, bag: BagOfTokens) -> None:
    """Start the model from the bag: its embedding, and two attention layers that average over the prompt.

    A random rotation of the hidden space is split over the values of the first two layers, and their output
    projections turn it back; with the nearly uniform attention of fresh weights they add the mean of the
    tokens before to every token, which is what the bag classifies.
    """
    config = model.config
    model.get_input_embeddings().load_state_dict(bag.embedding.state_dict())
    rotation = torch.linalg.qr(torch.randn(config.hidden_size, config.hidden_size)).Q
    width, shared = config.head_dim, config.num_attention_heads // config.num_key_value_heads
    values = config.num_key_value_heads * width
    for number, layer in enumerate(model.model.layers[: config.hidden_size // values]):
        part = rotation[number * values : (number + 1) * values]
        heads = part.view(-1, width, config.hidden_size).repeat_interleave(shared, dim=0)
        layer.self_attn.v_proj.weight.copy_(part)
        layer.self_attn.o_proj.weight.copy_(heads.reshape(-1, config.hidden_size).T * _POOLING_GAIN / shared)


def pad_ids(rows: Sequence[Sequence[int]]) -> Tensor:
    """Pad rows of token ids with -1 to one length."""
    length = max(len(row) for row in rows)
    return torch.tensor([[*row, *[-1] * (length - len(row))] for row in rows])
