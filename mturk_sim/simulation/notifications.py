"""The inbox of a simulation's notifications, and all that can befall them on their way."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, ClassVar, Final, overload

import attrs

from mturk_sim.marketplace.notifications.records import EVENT_TYPES, DestinationRefused, Message
from mturk_sim.marketplace.state import in_micros
from mturk_sim.marketplace.world import World
from mturk_sim.simulation.delivery import Delivery, Notification, through_sns, through_sqs

_MINUTE: Final = timedelta(minutes=1)
_NONE: Final = timedelta(0)
_OTHERWISE: Final = "otherwise"


Befall = Callable[[Message, list[int]], list[int]]
"""Makes of when the copies of a message arrive, in microseconds from now, when they arrive after all."""


@attrs.define
class _Trouble:
    """Something that befalls the next messages: which of them, how many, and what it does."""

    number: int
    event: str | None
    left: int | None
    rate: float
    befall: Befall


class Notifications:
    """What the service has sent: every notification that reached its destination, in the order of arrival.

    Iterate, index, ask `of(kind)` or `to(destination)`. With `deliver_to` the same messages go on to real clients.  The
    others trouble the messages still to come, on the virtual clock: `lose`, `delay`, `duplicate`, `shuffle`, `bundle`.
    """

    _TRANSIENT: ClassVar = {"_deliveries": dict}

    def __init__(self, world: World) -> None:
        self._world = world
        self._arrived: list[Notification] = []
        self._deliveries: dict[str, Delivery] = {}
        self._troubles: list[_Trouble] = []
        self._planned = 0
        self.bundles = False
        world.notifier.carrier = self

    # --- the inbox -----------------------------------------------------------------------------------------------
    def _inbox(self) -> list[Notification]:
        with self._world.lock:
            self._world.settle()
            return self._arrived

    def of(self, *kinds: str) -> list[Notification]:
        """The notifications that tell of events of these kinds, such as ``AssignmentSubmitted``."""
        return [each for each in self._inbox() if any(event["EventType"] in kinds for event in each.events)]

    def to(self, destination: str) -> list[Notification]:
        """The notifications that reached this queue, topic or address."""
        return [each for each in self._inbox() if each.destination == destination]

    def __iter__(self) -> Iterator[Notification]:
        return iter(list(self._inbox()))

    def __len__(self) -> int:
        return len(self._inbox())

    @overload
    def __getitem__(self, place: int) -> Notification: ...
    @overload
    def __getitem__(self, place: slice) -> list[Notification]: ...
    def __getitem__(self, place: int | slice) -> Notification | list[Notification]:
        return self._inbox()[place]

    def __repr__(self) -> str:
        return f"<{len(self._arrived)} notifications>"

    # --- where they go -------------------------------------------------------------------------------------------
    def deliver_to(
        self, *, sqs: Any | None = None, sns: Any | None = None, call: Callable[[Notification], object] | None = None
    ) -> Callable[[], None]:
        """Send the notifications still to come where their specifications say, too; gives the function that ends it.

        What a client or callable refuses is lost, as it was lost on the service (NTF-18), and
        `SendTestEventNotification` fails with it (NTF-17).

        Args:
            sqs: A boto3 client for those that go to queues; a Destination is the queue's URL.
            sns: A boto3 client for those that go to topics; a Destination is the topic's ARN.
            call: Called with each `Notification` that goes by no client, e-mail for one. It may call mturk clients. To
                refuse, it raises `DestinationRefused`; any other error comes out of whatever made time pass.

        Raises:
            TypeError: Nothing is given, or a client of another service.
        """
        if sqs is None and sns is None and call is None:
            raise TypeError("deliver_to() takes sqs=client, sns=client, or call=callable")
        earlier = self._deliveries
        self._deliveries = dict(earlier)
        if sqs is not None:
            self._deliveries["SQS"] = through_sqs(sqs)
        if sns is not None:
            self._deliveries["SNS"] = through_sns(sns)
        if call is not None:
            self._deliveries[_OTHERWISE] = call

        def end() -> None:
            self._deliveries = earlier

        return end

    # --- troubles ------------------------------------------------------------------------------------------------
    def lose(self, event: str | None = None, times: int | None = 1, *, rate: float = 1) -> None:
        """Let the next message get lost (NTF-13, NTF-18).

        Args:
            event: Only messages that tell of this event type; any, if left out.
            times: How many messages; None for all from now on.
            rate: The share of those messages that it befalls, by lot; the seed decides which.

        Raises:
            ValueError: There is no such event type, `times` is below 1, or `rate` is not between 0 and 1.
        """
        self._trouble(event, times, rate, lambda message, arrivals: [])

    def delay(
        self, by: timedelta = _MINUTE, event: str | None = None, times: int | None = 1, *, rate: float = 1
    ) -> None:
        """Let the next message arrive late, by that much (NTF-13); the rest is as for `lose`."""
        late = _not_negative(by)
        self._trouble(event, times, rate, lambda message, arrivals: [at + late for at in arrivals])

    def duplicate(
        self, event: str | None = None, times: int | None = 1, *, after: timedelta = _NONE, rate: float = 1
    ) -> None:
        """Let the next message arrive twice, the second time that much later (NTF-13); the rest is as for `lose`."""
        later = _not_negative(after)
        self._trouble(event, times, rate, lambda message, arrivals: [*arrivals, *(at + later for at in arrivals)])

    def shuffle(
        self, within: timedelta = _MINUTE, event: str | None = None, times: int | None = None, *, rate: float = 1
    ) -> None:
        """Let messages overtake each other, all of them from now on: each arrives in a time of its own (NTF-13).

        Args:
            within: All arrive in less time than this; the seed decides when.
            event: As for `lose`; `times` and `rate` likewise.
            times: How many messages; None for all from now on.
            rate: The share of messages that it befalls.
        """
        span = _not_negative(within)

        def scatter(message: Message, arrivals: list[int]) -> list[int]:
            draws = self._world.draws
            return [at + draws.integer(max(1, span), "shuffle", message.id, n) for n, at in enumerate(arrivals)]

        self._trouble(event, times, rate, scatter)

    def bundle(self) -> None:
        """From now on let events of one instant for one destination come in one message, as they might (NTF-12)."""
        self.bundles = True

    def clear(self) -> None:
        """End all troubles; what is lost or late already stays so."""
        self._troubles.clear()
        self.bundles = False

    def _trouble(self, event: str | None, times: int | None, rate: float, befall: Befall) -> None:
        if event is not None and event not in EVENT_TYPES:
            raise ValueError(f"{event!r} is no event type; there are {', '.join(EVENT_TYPES)}")
        if times is not None and times < 1:
            raise ValueError(f"times={times}: give a number from 1 up, or None for all from now on")
        if not 0 <= rate <= 1:
            raise ValueError(f"rate={rate}: give a share of the messages, from 0 to 1")
        self._planned += 1
        self._troubles.append(_Trouble(self._planned, event, times, rate, befall))

    # --- carrying (see `mturk_sim.marketplace.notifications.notifier.Carrier`) ---------------------------------------
    def copies(self, message: Message) -> list[int]:
        """After how many microseconds each copy arrives, once all that troubles the message has befallen it."""
        arrivals = [0]
        for trouble in list(self._troubles):
            if self._befalls(trouble, message):
                arrivals = trouble.befall(message, arrivals)
                self._use_up(trouble)
                if not arrivals:
                    break
        return arrivals

    def _befalls(self, trouble: _Trouble, message: Message) -> bool:
        if trouble.event not in (None, *(event["EventType"] for event in message.events)):
            return False
        return trouble.rate == 1 or self._world.draws.uniform("trouble", trouble.number, message.id) < trouble.rate

    def _use_up(self, trouble: _Trouble) -> None:
        if trouble.left is not None:
            trouble.left -= 1
            if not trouble.left:
                self._troubles.remove(trouble)

    def carry(self, message: Message) -> None:
        """Bring one copy to its destination, or raise DestinationRefused."""
        to = message.specification
        notification = Notification(self._world.clock.micros, to.destination, to.transport, message.body)
        deliver = self._deliveries.get(to.transport, self._deliveries.get(_OTHERWISE))
        self._arrived.append(notification)
        if deliver is not None:
            try:
                deliver(notification)
            except DestinationRefused:
                self._arrived.remove(notification)
                raise


def _not_negative(duration: timedelta) -> int:
    if duration < _NONE:
        raise ValueError(f"{duration} is negative; a message cannot arrive before its event")
    return in_micros(duration)
