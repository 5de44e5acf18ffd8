"""What concurrent clients of one stream are made to do."""

from dataclasses import dataclass
from typing import Literal

from hypothesis import strategies as st

from tests.contract.store.linearizability import NO_STREAM, Expected, Loose


@dataclass(frozen=True)
class Step:
    """What a client shall do next. "known" expects the revision that the client saw last."""

    does: Literal["append", "append one", "delete", "read"]
    expected: Expected | Literal["known"]
    ids: tuple[int, ...]


Program = list[list[Step]]
"""For each client its steps."""

IDS = range(30)
"""Few, so that some appends repeat others in whole or in part."""

_expected = st.one_of(
    st.just("known"), st.sampled_from([*Loose]), st.integers(min_value=NO_STREAM, max_value=4)
)
_ids = st.lists(st.integers(min_value=0, max_value=IDS[-1]), min_size=1, max_size=3, unique=True).map(tuple)


def programs(steps: int) -> st.SearchStrategy[Program]:
    """For three to five clients."""
    does = st.sampled_from(["append", "append", "append", "append one", "read", "delete"])
    step = st.builds(Step, does, _expected, _ids)
    return st.lists(st.lists(step, min_size=1, max_size=steps), min_size=3, max_size=5)
