"""The picture of a campaign: the states of its HITs, its work, its money, and who did the work."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from mturk_sim.report import series
from mturk_sim.report.campaign import Campaign

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SIZE: Final = (12.8, 7.2)
_STATES: Final = {
    "Assignable": "#56B4E9",
    "Unassignable": "#E69F00",
    "Reviewable": "#F0E442",
    "Reviewing": "#CC79A7",
    "Disposed": "#BBBBBB",
    "Gone": "#DDDDDD",
}
_WORK: Final = {
    "accepted": "#888888",
    "submitted": "#0072B2",
    "approved": "#009E73",
    "rejected": "#D55E00",
    "returned": "#CC79A7",
    "abandoned": "#E69F00",
}
_MONEY: Final = {"rewards": "#009E73", "bonuses": "#56B4E9", "fees": "#BBBBBB"}
_TIMES: Final = ["%Y", "%b %Y", "%b %d", "%H:%M", "%H:%M", "%H:%M:%S"]
_MIDNIGHTS: Final = ["", "%Y", "%b %d", "%b %d", "%H:%M", "%H:%M"]
_BARS: Final = "#0072B2"
_LINE: Final = "#D55E00"
_STYLE: Final[dict[Any, Any]] = {
    "font.size": 10,
    "axes.titlesize": 12,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#E6E6E6",
    "legend.frameon": False,
    "svg.hashsalt": "mturk_sim",
    "svg.fonttype": "none",
}


def save(campaign: Campaign, heading: str, target: Path | BinaryIO, form: str = "png") -> None:
    """Draw the campaign into a file or a stream, as ``png``, ``svg`` or ``pdf``; equal campaigns give equal files."""
    import matplotlib

    stamps: dict[str, Any] = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}
    with matplotlib.rc_context(_STYLE):
        figure(campaign, heading).savefig(target, format=form, dpi=150, metadata=stamps[form])


def figure(campaign: Campaign, heading: str) -> "Figure":
    """The picture as a matplotlib figure."""
    from matplotlib.figure import Figure

    drawn = Figure(figsize=_SIZE, layout="constrained")
    drawn.suptitle(heading, x=0.01, ha="left", fontsize=14)
    (states, work), (money, workers) = drawn.subplots(2, 2)
    _states(states, campaign)
    _work(work, campaign)
    _money(money, campaign)
    _workers(workers, campaign)
    return drawn


def _states(axes: "Axes", campaign: Campaign) -> None:
    _areas(axes, series.hit_states(campaign), _STATES)
    _over_time(axes, "HITs by state", "HITs")


def _work(axes: "Axes", campaign: Campaign) -> None:
    data = series.work(campaign)
    times: Any = data.times  # which matplotlib takes, though its types say numbers
    for name, line in data.lines.items():
        axes.plot(times, line, label=name, color=_WORK[name], linewidth=2, drawstyle="steps-post")
    axes.set_xlim(times[0], times[-1])
    _over_time(axes, "Assignments so far", "assignments")


def _money(axes: "Axes", campaign: Campaign) -> None:
    _areas(axes, series.money(campaign), _MONEY)
    _over_time(axes, "Money paid so far", "dollars")


def _areas(axes: "Axes", data: series.Series, colors: dict[str, str]) -> None:
    """The lines one above the other, as areas."""
    times: Any = data.times  # as in `_work`
    names = list(data.lines)
    if names:
        shades = [colors[name] for name in names]
        axes.stackplot(times, *data.lines.values(), labels=names, colors=shades, step="post")
    axes.set_xlim(times[0], times[-1])


def _over_time(axes: "Axes", title: str, unit: str) -> None:
    from matplotlib import dates
    from matplotlib.ticker import MaxNLocator

    untyped: Any = dates
    locator = untyped.AutoDateLocator(maxticks=8)
    form = untyped.ConciseDateFormatter(locator, formats=_TIMES, zero_formats=_MIDNIGHTS, show_offset=False)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(form)
    axes.set_title(title, pad=24)
    axes.set_ylabel(unit)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(min_n_ticks=1, integer=unit != "dollars"))
    if axes.get_legend_handles_labels()[0]:
        axes.legend(
            loc="lower left", bbox_to_anchor=(-0.01, 0.98), ncols=6, fontsize=9, columnspacing=1, handlelength=1
        )
    else:
        _say_nothing(axes)


def _say_nothing(axes: "Axes") -> None:
    axes.set_yticks([])
    axes.text(0.5, 0.5, "none", transform=axes.transAxes, ha="center", va="center", color="#999999", fontsize=14)


def _workers(axes: "Axes", campaign: Campaign) -> None:
    """Bars for the workers, the busiest first, and the share of all work that they and those before them did."""
    from itertools import accumulate

    from matplotlib.ticker import MaxNLocator, PercentFormatter

    counts = list(campaign.work_by_worker().values())
    axes.set_title(f"Work by worker ({len(counts)})", pad=24)
    axes.set_xlabel("workers, the busiest first")
    axes.set_ylabel("assignments submitted")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    if not counts:
        _say_nothing(axes)
        return
    places = range(1, len(counts) + 1)
    axes.bar(places, counts, width=1.0, color=_BARS, edgecolor="white", linewidth=0.5 if len(counts) < 100 else 0)
    axes.set_xlim(0.5, len(counts) + 0.5)
    share = axes.twinx()
    share.plot(places, [done / sum(counts) for done in accumulate(counts)], color=_LINE, linewidth=2)
    share.set_ylim(0, 1)
    share.set_ylabel("share of all work", color=_LINE)
    share.yaxis.set_major_formatter(PercentFormatter(1.0))
    share.grid(False)
