"""A conversation as one HTML file: nothing is fetched, nothing runs, light and dark by the reader's setting.

Messages are shown as the text they are, except that fenced code stands apart; so no model's output can become
markup.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import escape

from app.history.items import reasoning_text, visible_text
from app.history.transfer.document import Document, Node
from app.history.transfer.markdown import calls, is_cut, speaker
from app.history.transfer.words import Words

_FENCE = re.compile(r"^(`{3,}|~{3,})[^\n`]*\n(.*?)(?:^\1[ \t]*$\n?|\Z)", re.MULTILINE | re.DOTALL)

_STYLE = """
:root { color-scheme: light dark;
  --text: #1b1b1f; --soft: #55555f; --page: #ffffff; --box: #f1f1f4; --line: #d5d5dc }
@media (prefers-color-scheme: dark) {
  :root { --text: #ececf1; --soft: #a9a9b5; --page: #17171a; --box: #232328; --line: #3a3a42 }
}
body { margin: 0 auto; padding: 2rem 1.25rem; max-width: 46rem; background: var(--page); color: var(--text);
  font: 1rem/1.6 system-ui, sans-serif }
h1 { font-size: 1.5rem; line-height: 1.3 }
article { margin: 1.5rem 0; overflow-wrap: anywhere }
article.user { background: var(--box); border-radius: 0.75rem; padding: 0.25rem 1rem }
h2 { margin: 0.5rem 0; font-size: 0.875rem; color: var(--soft) }
.text { white-space: pre-wrap }
details { border-inline-start: 3px solid var(--line); padding-inline-start: 1rem; color: var(--soft) }
pre { background: var(--box); border-radius: 0.5rem; padding: 0.75rem 1rem; overflow-x: auto; direction: ltr;
  font: 0.875rem/1.5 ui-monospace, monospace }
footer, .cut { color: var(--soft); font-size: 0.875rem }
"""

_PAGE = """<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1 dir="auto">{title}</h1>
{body}
</body>
</html>
"""


def write(document: Document, words: Words | None = None) -> str:
    """The branch of the document that is shown, as a page."""
    words = words or Words()
    parts = []
    if document.options.instructions:
        parts.append(_details(words.instructions, document.options.instructions))
    parts += [_article(node, words) for node in document.branch()]
    title = escape(document.title or words.untitled)
    return _PAGE.format(title=title, style=_STYLE, body="\n".join(parts))


def _article(node: Node, words: Words) -> str:
    parts = [f"<h2>{escape(speaker(node, words))}{_when(node.created_at)}</h2>"]
    if thinking := reasoning_text(node.items):
        parts.append(_details(words.thinking(node.answer.thinking_s), thinking))
    parts += [_details(heading, text) for heading, text in calls(node.items, words)]
    parts.append(_text(visible_text(node.items)))
    if is_cut(node):
        parts.append(f'<p class="cut">{escape(words.cut)}</p>')
    return f'<article class="{node.role}">\n' + "\n".join(parts) + "\n</article>"


def _when(seconds: float) -> str:
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return ""
    return f' · <time datetime="{moment.isoformat(timespec="seconds")}">{moment:%Y-%m-%d %H:%M} UTC</time>'


def _details(heading: str, text: str) -> str:
    return f"<details>\n<summary>{escape(heading)}</summary>\n{_text(text)}\n</details>"


def _text(text: str) -> str:
    parts, end = [], 0
    for fence in _FENCE.finditer(text):
        parts += [_plain(text[end : fence.start()]), f"<pre><code>{escape(fence[2])}</code></pre>"]
        end = fence.end()
    return "".join([*parts, _plain(text[end:])])


def _plain(text: str) -> str:
    return f'<div class="text" dir="auto">{escape(text.strip(chr(10)))}</div>' if text.strip() else ""
