"""The notifier: which events are told to whom, and the messages that tell of them.

A message is made when its event happens, and arrives by a timer, mostly at the same instant: so whoever receives it
finds the marketplace at rest.  How it travels is the business of a `Carrier`, who may also lose it, hold it up or bring
it twice (NTF-13).
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from mturk_sim.core.clock import instant
from mturk_sim.marketplace.notifications.records import (
    EVENT_TYPES,
    PING,
    DestinationRefused,
    Event,
    Message,
    Setting,
    Specification,
)
from mturk_sim.marketplace.state import State, in_micros


class Carrier(Protocol):
    """Whoever brings messages to their destinations.

    Attributes:
        bundles: Whether events of one instant for one specification travel in one message (NTF-12).
    """

    bundles: bool

    def copies(self, message: Message) -> Iterable[int]:
        """After how many microseconds each copy of a message arrives; none if it is lost."""

    def carry(self, message: Message) -> None:
        """Bring one copy to its destination now. Raises DestinationRefused if it is not taken."""


@lru_cache(maxsize=256)
def _timestamp(second: int) -> str:
    """A whole second, in microseconds since the epoch, as a body has it (NTF-10)."""
    return f"{instant(second):%Y-%m-%dT%H:%M:%SZ}"


class Notifier:
    """Makes the notifications of one marketplace.

    Attributes:
        carrier: Who brings them to their destinations; the simulation, which puts itself here.
    """

    carrier: Carrier

    def __init__(self, state: State) -> None:
        self._state = state
        self._open: dict[tuple[str, Specification], Message] = {}

    # --- settings ------------------------------------------------------------------------------------------------
    def asked(self, hit_type_id: str) -> Setting | None:
        """What was last asked for the notifications of a HIT type, whether it is in force yet or not."""
        settings = self._state.store.notification_settings.get(hit_type_id)
        return settings[-1] if settings else None

    def set(self, hit_type_id: str, specification: Specification, active: bool) -> None:
        """Let this hold for a HIT type, in place of what held before, once the lag is over (NTF-01, NTF-03, C10)."""
        now = self._state.clock.micros
        known = self._state.store.notification_settings.get(hit_type_id, [])
        in_force = [setting for setting in known if setting.since <= now][-1:]
        to_come = [setting for setting in known if setting.since > now]
        new = Setting(now + in_micros(self._state.behavior.notification_lag), specification, active)
        self._state.store.notification_settings[hit_type_id] = [*in_force, *to_come, new]

    def _in_force(self, hit_type_id: str) -> Specification | None:
        """The specification of a HIT type that holds now, if it is active."""
        for setting in reversed(self._state.store.notification_settings.get(hit_type_id, ())):
            if setting.since <= self._state.clock.micros:
                return setting.specification if setting.active else None
        return None

    # --- making messages -----------------------------------------------------------------------------------------
    def hear(self, kind: str, hit_id: str | None, assignment_id: str | None) -> None:
        """Send word of what just happened to whoever wants to know (NTF-07, NTF-14)."""
        if hit_id is None or kind not in EVENT_TYPES:
            return
        hit = self._state.store.hits[hit_id]
        specification = self._in_force(hit.type_id)
        if specification is None or kind not in specification.event_types:
            return
        event = self._event(kind, hit_id, assignment_id, hit.type_id)
        message = self._open.get((hit.requester, specification)) if self.carrier.bundles else None
        if message is not None:
            message.events.append(event)
            return
        message = self._message(hit.requester, specification, event)
        delays = self._routed(message)
        for delay in delays:
            self._plan(message, delay)
        if 0 in delays:
            self._open[hit.requester, specification] = message

    def send_test(self, requester: str, specification: Specification, kind: str) -> None:
        """Send word at once as if an event had happened to some HIT, whatever events are asked for (NTF-16).

        Raises:
            DestinationRefused: It was not taken (NTF-17).
        """
        message = self._message(requester, specification, self._test_event(kind))
        for delay in self._routed(message):
            if delay:
                self._plan(message, delay)
            else:
                self._carry(message)

    def _test_event(self, kind: str) -> Event:
        """An event of a HIT that there is not; a Ping is about nothing (NTF-08, NTF-21)."""
        if kind == PING:
            return self._event(kind, None, None, None)
        hit_id, assignment_id, hit_type_id = (self._state.ids.entity("test_event") for _ in range(3))
        return self._event(kind, hit_id, assignment_id if kind.startswith("Assignment") else None, hit_type_id)

    def _event(self, kind: str, hit_id: str | None, assignment_id: str | None, hit_type_id: str | None) -> Event:
        """An event of this instant; ids that do not apply are left out (NTF-10, NTF-11, NTF-19, NTF-21)."""
        ids = {"HITId": hit_id, "AssignmentId": assignment_id, "HITTypeId": hit_type_id}
        event = {"EventType": kind, "EventTimestamp": _timestamp(self._state.second)}
        return event | {name: value for name, value in ids.items() if value is not None}

    def _message(self, requester: str, specification: Specification, event: Event) -> Message:
        state, account = self._state, self._state.store.requesters[requester]
        return Message(
            id=state.draws.digest(20, "event_document", state.ids.number("event_document")).hex(),
            specification=specification,
            account=account.aws_account,
            customer=account.id,
            events=[event],
        )

    # --- sending them --------------------------------------------------------------------------------------------
    def _routed(self, message: Message) -> list[int]:
        """When the copies of a message arrive; one that never does is a fact (NTF-13, NTF-18)."""
        delays = list(self.carrier.copies(message))
        if not delays:
            self._tell("NotificationLost", message, reason="lost")
        return delays

    def _plan(self, message: Message, delay: int) -> None:
        key = str(self._state.ids.number("notification"))
        self._state.store.outbox[key] = message
        self._state.timers.set(self._state.clock.micros + delay, "notification:arrive", key)

    def ring(self, key: str) -> None:
        """Bring one copy of a message to its destination; refused, it is lost, and nobody is told (NTF-18)."""
        message = self._state.store.outbox.pop(key)
        self._open = {place: other for place, other in self._open.items() if other is not message}
        try:
            self._carry(message)
        except DestinationRefused as refusal:
            self._tell("NotificationLost", message, reason=str(refusal))

    def _carry(self, message: Message) -> None:
        self.carrier.carry(message)
        self._tell("NotificationSent", message)

    def _tell(self, fact: str, message: Message, **detail: str) -> None:
        first, to = message.events[0], message.specification
        told = {
            "events": ",".join(event["EventType"] for event in message.events),
            "transport": to.transport,
            "destination": to.destination,
            "document": message.id,
        }
        self._state.tell(fact, first.get("HITId"), first.get("AssignmentId"), None, told | detail)
