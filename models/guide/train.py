"""Train the guide from nothing: `uv run --extra train python -m models.guide.train`.

Everything random follows from --seed. After every epoch the state is written to the ignored folder work/;
--resume goes on from it. The result, the averaged weights as a Hugging Face checkpoint, is in
work/checkpoint/; `release.py` exports it.
"""

from __future__ import annotations

import argparse
import logging
import random
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer

from models.guide.batches import Batch, make_batches
from models.guide.evaluate import evaluate, report
from models.guide.intents import read_corpus
from models.guide.learner import Learner
from models.guide.network import HIDDEN, build_config, build_model, count_parameters
from models.guide.pretrain import plant_pooling, pretrain_embedding
from models.guide.probe import classifier_report
from models.guide.questions import held_out_cases
from models.guide.release import save_checkpoint
from models.guide.samples import SampleMaker
from models.guide.tokenizer import VOCABULARY, HarmonyEncoder, special_ids, train_tokenizer, without_special
from models.guide.torch_answers import TorchAnswers

WORK = Path(__file__).parent / "work"
_log = logging.getLogger("guide")


def main() -> None:
    """Parse the options, train, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--embedding-epochs", type=int, default=25)
    parser.add_argument("--batch-tokens", type=int, default=1536)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--resume", action="store_true")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    handlers: list[logging.Handler] = [
        logging.StreamHandler(),
        logging.FileHandler(options.work / "train.log", encoding="utf-8"),
    ]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)
    torch.set_num_threads(options.threads)
    train(options)


def train(options: argparse.Namespace) -> None:
    """Train for the epochs asked for and save after each."""
    torch.manual_seed(options.seed)
    corpus = read_corpus()
    tokenizer = _tokenizer(options, corpus.texts())
    encoder = HarmonyEncoder(without_special(tokenizer), without_special(tokenizer, dropout=0.1))
    model = build_model(build_config(VOCABULARY, special_ids(tokenizer)))
    labels = SampleMaker.label_count(corpus)
    state_file = options.work / "state.pt"
    first = 0
    resumed = options.resume and state_file.exists()
    _log.info("%d intents, %d parameters", len(corpus.intents), count_parameters(model))
    if not resumed:
        rng = random.Random(f"{options.seed}.embedding")
        maker = SampleMaker(corpus, encoder, rng)
        bag = pretrain_embedding(maker, VOCABULARY, HIDDEN, labels, options.embedding_epochs, rng)
        plant_pooling(model, bag)
    learner = Learner(model, labels, options.rate)
    if not resumed:
        learner.classifier.load_state_dict(bag.names.state_dict())
    else:
        state = torch.load(state_file, weights_only=True)
        learner.load_state(state["learner"])
        first = state["epoch"]
    _log.info("from epoch %d", first)
    for epoch in range(first, options.epochs):
        rng = random.Random(f"{options.seed}.{epoch}")
        torch.manual_seed(rng.getrandbits(60))
        samples = SampleMaker(corpus, encoder, rng).epoch()
        _run_epoch(learner, list(make_batches(samples, options.batch_tokens, 1, rng)), epoch, options.epochs)
        torch.save({"learner": learner.state(), "epoch": epoch + 1}, state_file.with_suffix(".new"))
        state_file.with_suffix(".new").replace(state_file)
        if epoch % 2 == 0 or epoch + 1 == options.epochs:
            _log.info("held out: %s", classifier_report(learner, corpus, encoder))
    save_checkpoint(learner.average, tokenizer, options.work / "checkpoint")
    answers = TorchAnswers(learner.average, encoder, tokenizer)
    _log.info("held out, as text:\n%s", report(evaluate(answers, corpus, held_out_cases(corpus))))


def rate_factor(progress: float) -> float:
    """Learning rate over the run: warm up for 1 %, hold, fall linearly to 2 % over the last 45 %."""
    return min(1.0, progress / 0.01 + 0.02, max((1 - progress) / 0.45, 0.02))


def _tokenizer(options: argparse.Namespace, texts: list[str]) -> Tokenizer:
    path = options.work / "tokenizer.json"
    if not (options.resume and path.exists()):
        train_tokenizer(texts).save(str(path))
    return Tokenizer.from_file(str(path))


def _run_epoch(learner: Learner, batches: list[Batch], epoch: int, epochs: int) -> None:
    began, tokens, text_sum, named_sum = time.monotonic(), 0, 0.0, 0.0
    for number, batch in enumerate(batches):
        text, named = learner.step(batch, rate_factor((epoch + number / len(batches)) / epochs))
        tokens, text_sum, named_sum = tokens + batch.ids.numel(), text_sum + text, named_sum + named
        if number % 25 == 24:
            rate = tokens / (time.monotonic() - began)
            _log.info("step %d: text %.3f, classifier %.3f, %.0f tokens/s", number + 1, text, named, rate)
    seconds = time.monotonic() - began
    count = len(batches)
    _log.info(
        "epoch %d: text %.3f, classifier %.3f, %d steps, %d tokens, %.0f s, %.0f tokens/s",
        epoch + 1, text_sum / count, named_sum / count, count, tokens, seconds, tokens / seconds,
    )  # fmt: skip


if __name__ == "__main__":
    main()
