"""What goes wrong on the way ends in the very bytes that were published, or in a clear error."""

from __future__ import annotations

import pytest

from app import manifest
from tests.support.hub_faults import Fault
from tests.unit.download.conftest import MODEL, assert_complete, order

DATA = "cdn"


def test_a_repository_becomes_a_model(downloads, model):
    done = downloads.get(order())
    assert_complete(downloads, done, MODEL)
    found = manifest.read(downloads.model())
    assert (found.source, found.revision, found.licence) == ("tests/model", model.head, "apache-2.0")
    assert found.base_model == "openai/gpt-oss-20b"
    assert not list(manifest.damage(downloads.model(), found))


@pytest.mark.parametrize(
    "faults",
    [
        pytest.param([Fault(DATA, 3, status=503)], id="503"),
        pytest.param([Fault("/api/", 2, status=503)], id="503 of the interface"),
        pytest.param([Fault(DATA, 1, status=429, headers={"Retry-After": "1"})], id="429"),
        pytest.param([Fault(DATA, 4, reset_after=100_000)], id="reset"),
        pytest.param([Fault(DATA, 2, cut_by=50_000)], id="cut"),
        pytest.param([Fault(DATA, 1, short_by=1000)], id="wrong length once"),
        pytest.param([Fault(DATA, 1, delay_s=0.7)], id="slow start"),
        pytest.param([Fault(DATA, 99, no_ranges=True)], id="no ranges"),
        pytest.param(
            [Fault(DATA, 99, no_ranges=True, reset_after=500_000, after=1)], id="no ranges and resets"
        ),
        pytest.param([Fault(DATA, 1, flip_at=300_000)], id="wrong byte"),
        pytest.param([Fault("config.json", 1, flip_at=3)], id="wrong byte of a small file"),
    ],
)
def test_a_fault_that_passes_is_survived(downloads, hub, model, faults):
    hub.faults.add(*faults)
    done = downloads.get(order())
    assert hub.faults.struck
    assert_complete(downloads, done, MODEL)
