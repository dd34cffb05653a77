"""What is said in the conversations that are measured: every kind of Markdown that an answer may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle, islice

_TOKEN = re.compile(r"\s*\S{1,5}|\s+$")

THINKING = """\
The user wants to know how a list is sorted. I should explain the idea first, then show the code, and end with
what it costs. Merge sort is stable and easy to follow; a table can compare it with the others. The recurrence
T(n) = 2 T(n/2) + n gives n log n, which is worth a formula.

"""

ANSWER = '''\
## How merge sort works

Merge sort **cuts** the list into halves until each holds *one* element, and then merges the halves again,
always taking the smaller of the two first elements. It is stable: equal elements keep their order, which
matters whenever the list was sorted by something else before. See
[the description](https://example.org/merge-sort) for more.

1. Cut the list in the middle.
2. Sort both halves:
   - the left one by the same rule,
   - the right one by the same rule, with `merge_sort(items[middle:])`.
3. Merge them.

| algorithm | best | worst | stable |
|---|---:|---:|:---:|
| merge sort | $n \\log n$ | $n \\log n$ | yes |
| quicksort | $n \\log n$ | $n^2$ | no |
| insertion sort | $n$ | $n^2$ | yes |

```python
from collections.abc import Sequence


def merge_sort(items: Sequence[int]) -> list[int]:
    """Sort numbers; equal ones keep their order."""
    if len(items) <= 1:
        return list(items)
    middle = len(items) // 2
    left, right = merge_sort(items[:middle]), merge_sort(items[middle:])
    return merge(left, right)


def merge(left: list[int], right: list[int]) -> list[int]:
    """Merge two sorted lists."""
    merged, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
    return merged + left[i:] + right[j:]


class Counter:
    """Counts comparisons, for whoever does not believe it."""

    def __init__(self) -> None:
        self.count = 0

    def less(self, a: int, b: int) -> bool:
        self.count += 1
        return a < b  # nothing else is compared
```

The time follows from the recurrence

\\[ T(n) = 2\\,T(n/2) + n \\quad\\Rightarrow\\quad T(n) = O(n \\log n) \\]

> Measure before you change anything: most lists are short, and for short lists insertion sort wins.

- [x] explained
- [ ] measured on *your* data

'''

_ROW = "| row {0} | {1} | *{0}* of `many` | a remark that says a little about row {0} |\n"
TABLE = "| name | number | mark | remark |\n|---|---:|---|---|\n" + "".join(
    _ROW.format(number, number * 17) for number in range(1_000)
)

_FUNCTION = '''\
def scaled_{0}(values: list[float]) -> list[float]:
    """The values of step {0}, scaled."""
    return [value * {0}.5 for value in values if value]  # zero stays out


'''

ANSWERS = {"How is a list sorted?": ANSWER, "List a thousand things.": TABLE}
"""What is answered to each question."""


def program(size: int) -> str:
    """A block of code of at least so many characters."""
    functions: list[str] = []
    length = 0
    while length < size:
        functions.append(_FUNCTION.format(len(functions)))
        length += len(functions[-1])
    return f"```python\n{''.join(functions)}```\n"


def pieces(text: str, count: int) -> Iterator[str]:
    """So many pieces of a text, each about as long as a token; the text begins anew when it ends."""
    return islice(cycle(_TOKEN.findall(text)), count)


def message(size: int, number: int) -> str:
    """A message of about so many characters; no two are the same."""
    begun = f"Message {number}. "
    text = ANSWER * (1 + size // len(ANSWER))
    start = (number * 97) % len(ANSWER)
    return begun + (text[start:] + text)[: max(0, size - len(begun))]
