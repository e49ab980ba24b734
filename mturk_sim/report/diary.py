"""A day to read: the requester's calls and what the marketplace did, in order, with short names for ids."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from mturk_sim.core.clock import instant
from mturk_sim.marketplace.facts import Fact
from mturk_sim.report.timeline import READS, is_look, said
from mturk_sim.simulation import Simulation
from mturk_sim.simulation.calls import RequesterCall


class Diary:
    """Notes what happens in a simulation while `kept`.

    Args:
        sim: The simulation, before anything happened in it.
    """

    def __init__(self, sim: Simulation) -> None:
        self._sim = sim
        self._rows: list[tuple[int, str]] = []
        self._seen = 0
        self._reads: list[str] = []
        self._names: dict[str, str] = {}

    @contextmanager
    def kept(self) -> Iterator["Diary"]:
        """Note what happens until the block ends."""
        note = self._sim.calls.note

        def noted(row: tuple[Any, ...]) -> None:
            note(row)
            self._call(RequesterCall(*row))

        with mock.patch.object(self._sim.calls, "note", noted):
            yield self
        self._catch_up()

    def remark(self, text: str) -> None:
        """Note what is no fact: something that somebody wanted and could not do."""
        self._catch_up()
        self._write(self._sim.clock.micros, f"  ({text})")

    def text(self, ending: str) -> str:
        """The whole day, up to how it ended."""
        self._end_reads()
        rows = [*self._rows, (self._sim.clock.micros, f"the end: {ending.splitlines()[0]}")]
        whole = "\n".join(f"{instant(at):%a %d %b %H:%M:%S}  {text}" for at, text in rows)
        return re.sub(r"\b[A-Z0-9]+\b", lambda word: self._names.get(word[0], word[0]), whole)

    # --- calls ---------------------------------------------------------------------------------------------------
    def _call(self, call: RequesterCall) -> None:
        """A call was made: what came before it at other instants stands before it, what it did behind it."""
        self._catch_up(until=None if call.operation.startswith(READS) else call.micros)
        if is_look(call):
            self._reads.append(f"{call.micros} {said(call)}")
            return
        self._end_reads()
        self._rows.append((call.micros, said(call)))
        self._catch_up()

    def _end_reads(self) -> None:
        """Write down the looks that were taken in vain, however many there were, as one."""
        if not self._reads:
            return
        first = self._reads[0].partition(" ")
        last = self._reads[-1].partition(" ")
        distinct = dict.fromkeys(each.partition(" ")[2] for each in self._reads)
        times = f"  ×{len(self._reads)}, until {instant(int(last[0])):%a %H:%M}" if last[0] != first[0] else ""
        self._rows.append((int(first[0]), f"{', '.join(distinct)}{times}"))
        self._reads.clear()

    # --- facts ---------------------------------------------------------------------------------------------------
    def _catch_up(self, until: int | None = None) -> None:
        """Write down the facts that are new, those before `until` if it is given."""
        journal = self._sim.world.journal
        while self._seen < len(journal) and (until is None or journal[self._seen].micros < until):
            self._fact(journal[self._seen])
            self._seen += 1

    def _fact(self, fact: Fact) -> None:
        for letter, id_ in (("H", fact.hit_id), ("A", fact.assignment_id), ("W", fact.worker_id)):
            if id_ and id_ not in self._names:
                number = 1 + sum(name.startswith(letter) for name in self._names.values())
                self._names[id_] = f"{letter}{number}"
        if fact.kind == "FaultInjected":  # the call that it struck says so
            return
        names = " ".join(filter(None, (fact.hit_id, fact.assignment_id, fact.worker_id)))
        detail = " ".join(f"{name}={value}" for name, value in (fact.detail or {}).items() if value is not None)
        self._write(fact.micros, f"  {fact.kind} {names} {detail}".rstrip())

    def _write(self, at: int, text: str) -> None:
        self._end_reads()
        self._rows.append((at, text))
