"""Strategies for schedules: what may happen around a requester's program."""

from collections.abc import Sequence
from itertools import product
from typing import Final

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from mturk_sim.simulation.faults import KINDS
from mturk_sim.strategies.events import Abandons, Event, Pause, Returns, Schedule, Strikes, Work, Works
from mturk_sim.strategies.lifting import as_strategy, takes_strategies
from mturk_sim.strategies.requests import known_operation
from mturk_sim.strategies.values import spelt_out

FAULTS: Final = ("lose_response", "throttle", "service_fault")
STRUCK: Final = (
    "SendBonus",
    "ApproveAssignment",
    "RejectAssignment",
    "CreateHIT",
    "CreateHITWithHITType",
    "CreateAdditionalAssignmentsForHIT",
    "UpdateExpirationForHIT",
    "DeleteHIT",
)
"""Operations that cost money or change what can be worked on: a fault in them is the dearest."""

_MINUTE: Final = 60
_DAY: Final = 86400

# Hypothesis cuts out at most five choices at once, so no event is made of more: one for going on, one for the kind of
# event, and three for the rest.  In the products the plainest comes first, and what leaves most chances comes twice.
_AFTER: Final = (_MINUTE, 1, 600, 3600)
_TIMES: Final = st.sampled_from(list(product(_AFTER, (_MINUTE, 300, _MINUTE, 300, 1800))))
_PLACES: Final = st.sampled_from(list(product((1, 2, 3, 12), range(4), range(3))))
_STROKES: Final = st.sampled_from(list(product((0, 0, _MINUTE, 3600), (1, 5))))


def _works(times: tuple[int, int], place: tuple[int, int, int], answers: Work) -> Works:
    (after, takes), (crowd, hit, worker) = times, place
    return Works(after=after, takes=takes, crowd=crowd, hit=hit, worker=worker, answers=answers)


def _returns(times: tuple[int, int], place: tuple[int, int, int]) -> Returns:
    (after, takes), (crowd, hit, worker) = times, place
    return Returns(after=after, takes=takes, crowd=crowd, hit=hit, worker=worker)


def _abandons(after: int, place: tuple[int, int, int]) -> Abandons:
    crowd, hit, worker = place
    return Abandons(after=after, crowd=crowd, hit=hit, worker=worker)


def _strikes(stroke: tuple[int, int], fault: str, operation: str) -> Strikes:
    after, times = stroke
    return Strikes(after=after, fault=fault, operation=operation, times=times)


def schedules(
    *,
    max_events: int | SearchStrategy[int] = 8,
    answers: Work | SearchStrategy[Work] | None = None,
    faults: Sequence[str] | SearchStrategy[Sequence[str]] = FAULTS,
    operations: Sequence[str] | SearchStrategy[Sequence[str]] = STRUCK,
) -> SearchStrategy[Schedule]:
    """Schedules: workers work, return and abandon, time passes, calls meet faults; they shrink to none of it.

    Args:
        max_events: How many events there are at most.
        answers: What workers answer; one of two plain answers by default.  A strategy is drawn from for each worker.
        faults: Kinds of trouble that calls may meet, by the names of the methods of ``sim.faults``; ``()`` for none.
        operations: The operations that may be struck, by their wire names or by the client's methods.

    Raises:
        InvalidArgument: The number is negative, or a fault or an operation is unknown.
    """
    work = st.sampled_from((0, 1)) if answers is None else as_strategy(answers)

    @takes_strategies
    def made(most: int, kinds: Sequence[str], struck: Sequence[str]) -> SearchStrategy[Schedule]:
        if unknown := [kind for kind in _several("faults", kinds) if kind not in KINDS]:
            raise InvalidArgument(f"faults: no {', '.join(map(repr, unknown))}; there are {', '.join(KINDS)}")
        return _schedules(most, work, tuple(kinds), tuple(map(known_operation, _several("operations", struck))))

    return made(max_events, faults, operations)


def _several(what: str, given: Sequence[str]) -> Sequence[str]:
    if isinstance(given, str):
        raise InvalidArgument(f"{what}: give a sequence such as ({given!r},)")
    return given


def _schedules(
    most: int, work: SearchStrategy[Work], faults: tuple[str, ...], operations: tuple[str, ...]
) -> SearchStrategy[Schedule]:
    if most < 0:
        raise InvalidArgument(f"max_events={most} is negative")
    events: list[SearchStrategy[Event]] = [
        st.builds(_works, _TIMES, _PLACES, work),
        st.builds(_returns, _TIMES, _PLACES),
        st.builds(_abandons, st.sampled_from(_AFTER), _PLACES),
        st.builds(Pause, after=st.sampled_from((3600, 2 * 3600, _DAY, 3 * _DAY))),
    ]
    if faults and operations:
        events += [st.builds(_strikes, _STROKES, st.sampled_from(faults), st.sampled_from(operations))] * 2
    often = [*events, events[0], events[0]]  # one_of would take each but once
    drawn = st.lists(st.integers(0, len(often) - 1).flatmap(often.__getitem__), max_size=most)
    return spelt_out("schedules", drawn, _arranged)


def _arranged(events: list[Event]) -> Schedule:
    """The events in order, but trouble without delay at the start: later it often has nothing left to strike."""
    return Schedule(sorted(events, key=lambda event: not (isinstance(event, Strikes) and event.after == 0)))
