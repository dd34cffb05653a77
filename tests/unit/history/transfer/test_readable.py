from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.history.items import Attachment, user_item
from app.history.records import Answer, Options, Role, Status
from app.history.store import History
from app.history.transfer import files, html, markdown
from app.history.transfer.document import Document, Node
from app.history.transfer.files import Format
from app.history.transfer.words import Words
from tests.support.conversations import answer_item, talk, thinking_item

HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(1)> </div></article> &amp; \"quoted\" 'x'"

CALL = {"type": "function_call", "call_id": "c", "name": "lookup", "arguments": '{"q": "```"}'}
RESULT = {"type": "function_call_output", "call_id": "c", "output": "found"}


def document(*answer_items: dict, status: Status = Status.COMPLETE) -> Document:
    answer = Answer("gpt-oss-20b", thinking_s=3.24)
    return Document(
        title="A & B",
        options=Options("Be kind."),
        nodes=(
            Node(
                None, Role.USER, [user_item("Hi *there*", [Attachment("a.csv", "1,2")])], 0.0, selected=True
            ),
            Node(0, Role.ASSISTANT, [answer_item("not shown")], 0.0),
            Node(0, Role.ASSISTANT, list(answer_items), 1_700_000_000.0, status, answer, selected=True),
        ),
    )


def test_markdown() -> None:
    shown = document(
        thinking_item("Let me\n\nsee."), CALL, RESULT, answer_item("**Hello**"), status=Status.CANCELLED
    )
    assert markdown.write(shown) == (
        "# A & B\n\n> **Instructions**\n>\n> Be kind.\n\n## You\n\nFile: a.csv\n```\n1,2\n```\nHi *there*\n\n"
        "## Assistant · gpt-oss-20b\n\n> **Thought for 3.2 s**\n>\n> Let me\n>\n> see.\n\n"
        '**Call to lookup**\n\n````\n{"q": "```"}\n````\n\n**Result**\n\n```\nfound\n```\n\n**Hello**\n\n'
        "*This answer was cut.*\n"
    )


def test_words_of_another_language() -> None:
    german = Words(user="Du", thought_for="{seconds} s nachgedacht")
    text = markdown.write(document(thinking_item("Hm"), answer_item("x")), german)
    assert "## Du" in text
    assert "3.2 s nachgedacht" in text


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


OWN_TAGS = set(
    "html head meta title style body h1 h2 article time details summary div pre code p".split()  # noqa: SIM905
)


def test_html_shows_hostile_text_as_text() -> None:
    hostile = document(
        thinking_item(HOSTILE), CALL, answer_item(HOSTILE + "\n```html\n" + HOSTILE + "\n```\nend")
    )
    page = html.write(hostile)
    reader = Reader()
    reader.feed(page)
    assert set(reader.tags) <= OWN_TAGS
    assert reader.open == []
    assert reader.words.count(HOSTILE) == 3
    assert {name for name, _ in reader.attributes} <= {
        "charset",
        "name",
        "content",
        "http-equiv",
        "class",
        "dir",
        "datetime",
    }
    assert "default-src 'none'" in page
    assert "prefers-color-scheme: dark" in page
    assert "not shown" not in page


@given(st.text(max_size=80))
def test_html_keeps_every_visible_character_and_its_own_structure(text: str) -> None:
    reader = Reader()
    reader.feed(html.write(document(answer_item(f"a{text}"))))
    assert set(reader.tags) <= OWN_TAGS
    assert reader.open == []


def test_html_parts_code_from_text() -> None:
    page = html.write(document(answer_item("before\n```py\nx < 1\n```\nafter\n~~~\nopen end")))
    assert "<pre><code>x &lt; 1\n</code></pre>" in page
    assert "<pre><code>open end</code></pre>" in page
    assert '<div class="text" dir="auto">after</div>' in page


def test_files_are_written_in_each_form(history: History, tmp_path: Path) -> None:
    conversation_id = talk(history, "héllo", "wörld")
    for form in Format:
        path = tmp_path / f"out.{form}"
        path.write_text("old", encoding="utf-8")
        files.export(history, [conversation_id], form, path)
        assert "wörld" in path.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["history", "out.html", "out.json", "out.md"]
