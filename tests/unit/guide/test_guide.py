"""The shipped guide answers what it never saw; its corpus keeps its rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from app import manifest, paths
from models.guide.evaluate import CannedAnswers, Outcome, engine_answerer, evaluate
from models.guide.intents import Corpus, CorpusError, normalise, read_corpus
from models.guide.questions import Case, held_out_cases, single_cases

LARGEST = 12 * 1000 * 1000
ENOUGH = 0.9
TOKENS = 48  # the reasoning and the first words of the answer, which tell all answers apart


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus()


@pytest.fixture(scope="module")
def outcomes(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    answerer = engine_answerer(paths.guide(), tmp_path_factory.mktemp("cache"), TOKENS)
    return evaluate(answerer, corpus, single_cases(corpus))


def share(outcomes: Sequence[Outcome], kind: str) -> float:
    right = [outcome.right for outcome in outcomes if outcome.case.kind == kind]
    assert right, kind
    return sum(right) / len(right)


def test_held_out_questions_get_the_right_answer(outcomes: list[Outcome]) -> None:
    assert len([o for o in outcomes if o.case.kind == "intents"]) >= 300
    assert share(outcomes, "intents") >= ENOUGH


def test_questions_outside_its_scope_are_recognised(outcomes: list[Outcome]) -> None:
    assert len([o for o in outcomes if o.case.kind == "out of scope"]) >= 150
    assert share(outcomes, "out of scope") >= ENOUGH


def test_it_reasons_before_it_answers(outcomes: list[Outcome]) -> None:
    assert all(outcome.reply.final for outcome in outcomes)
    assert sum(bool(outcome.reply.analysis) for outcome in outcomes) >= 0.98 * len(outcomes)


def test_it_follows_up_on_the_turn_before(corpus: Corpus, tmp_path: Path) -> None:
    cases = [case for case in held_out_cases(corpus) if case.kind == "follow-ups"]
    answerer = engine_answerer(paths.guide(), tmp_path, TOKENS)
    assert share(evaluate(answerer, corpus, cases[::5]), "follow-ups") >= ENOUGH


def test_an_answer_is_finished_word_for_word(corpus: Corpus, tmp_path: Path) -> None:
    intent = corpus.intents[0]
    case = Case("intents", intent.name, (("user", intent.questions[0]),))
    [outcome] = evaluate(engine_answerer(paths.guide(), tmp_path), corpus, [case])
    assert outcome.reply.analysis.startswith("On ")
    assert outcome.reply.analysis.endswith(f": {intent.analysis}")
    assert outcome.reply.final == intent.answer


def test_the_folder_is_small_and_sound() -> None:
    folder = paths.guide()
    described = manifest.read(folder)
    assert described.id == "guide"
    assert described.licence == "Apache-2.0"
    assert not list(manifest.damage(folder, described))
    assert {record.path for record in described.files} == {
        record.path for record in manifest.record_files(folder)
    }
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) <= LARGEST


def test_nothing_held_out_is_trained_on(corpus: Corpus) -> None:
    trained = {normalise(text) for intent in corpus.intents for text in intent.questions}
    trained |= {normalise(text) for _, texts in corpus.out_of_scope.groups for text in texts}
    trained |= {normalise(text) for text in corpus.follow_ups.more}
    asked = {normalise(case.messages[-1][1]) for case in single_cases(corpus)}
    assert not asked & trained
    assert not {normalise(text) for text in corpus.follow_ups.more_held_out} & trained


def test_answers_tell_themselves_apart_early(corpus: Corpus) -> None:
    starts = [" ".join(intent.answer.split()[:6]) for intent in corpus.intents]
    assert len(set(starts)) == len(starts)


def _write_corpus(folder: Path, second: str) -> Path:
    intent = '[[intent]]\nname = "{}"\nanalysis = "a"\nanswer = "b"\nquestions = [{}]\nheld_out = [{}]\n'
    texts = {
        "one.toml": intent.format("a.one", '"Is it big?"', '"large or small"') + second,
        "out_of_scope.toml": 'analysis = "x"\nanswers = ["y"]\nheld_out = []\ngroup = []\nslots = {}\n',
        "follow_ups.toml": 'more = []\nmore_held_out = []\nanalysis = "x"\nexhausted = "x"\npair = []\n'
        'exhausted_analysis = "x"\nno_topic = "x"\nno_topic_analysis = "x"\n',
        "synonyms.toml": "groups = []\n",
        "fresh.toml": "out_of_scope = []\n[fresh]\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_sound_corpus_is_read(tmp_path: Path) -> None:
    [intent] = read_corpus(_write_corpus(tmp_path, "")).intents
    assert (intent.name, intent.questions, intent.more) == ("a.one", ("Is it big?",), "")


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ('[[intent]]\nname = "a.two"\nanalysis = "a"\nanswer = "b"\nquestions = ["is it BIG"]', "asks for"),
        ('[[intent]]\nname = "a.one"\nanalysis = "a"\nanswer = "b"', "occurs twice"),
        (
            '[[intent]]\nname = "a.two"\nanalysis = "a"\nanswer = "b"\nquestions = ["Large or small?"]',
            "held out",
        ),
        ('[[intent]]\nname = "a.two"\nanalysis = "a"\nanswer = "b"\ncolour = "red"', "one.toml"),
        ("[[intent", "one.toml"),
    ],
)
def test_a_broken_corpus_is_explained(tmp_path: Path, second: str, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        read_corpus(_write_corpus(tmp_path, second))


def test_a_reply_cut_short_is_known_by_its_beginning(corpus: Corpus) -> None:
    canned = CannedAnswers(corpus)
    starts = {intent.name: " ".join(intent.answer.split()[:8]) for intent in corpus.intents}
    assert {name: canned.nearest(start) for name, start in starts.items()} == {name: name for name in starts}
