"""Setting the stage of a scenario: the marketplace, and in it what is there at the beginning or planned."""

from datetime import timedelta
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import attrs

from mturk_sim.documents import html_question_document
from mturk_sim.scenarios.complaints import ScenarioError
from mturk_sim.scenarios.parts import Fault, HITs, Qualification, Script
from mturk_sim.scenarios.refusals import asking
from mturk_sim.scenarios.scenario import Scenario
from mturk_sim.simulation import Simulation, simulate
from mturk_sim.simulation.faults import Window
from mturk_sim.workers.plans import Accept, Step, Wait


def staged(scenario: Scenario, seed: int) -> Simulation:
    """The simulation at the beginning of a scenario.

    Raises:
        ScenarioError: The service refuses what the scenario asks of it; for HITs that are posted later, when they are.
    """
    sim = simulate(seed=seed, start=scenario.start, sandbox=scenario.sandbox, balance=scenario.balance)
    types: dict[str, str] = {}
    for number, each in enumerate(scenario.qualifications):
        with asking(scenario, f"qualifications[{number}]", each):
            types[each.name] = _make_type(sim, each)
    if scenario.workers is not None:
        sim.populate(scenario.workers)
        for each in scenario.qualifications:
            sim.crowd.members[scenario.workers.name].grants[types[each.name]] = (each.holders, each.value)
    for number, hits in enumerate(scenario.hits):
        _at(sim, hits.after, partial(_post, sim, scenario, number, types))
    for number, script in enumerate(scenario.scripts):
        _follow(sim, script, f"{scenario.origin or scenario.name}: scripts[{number}]")
    for fault in scenario.faults:
        _plan(sim, fault, scenario)
    return sim


def _at(sim: Simulation, after: timedelta, action: Any) -> None:
    if after:
        sim.at(sim.clock.now + after, action)
    else:
        action()


def _post(sim: Simulation, scenario: Scenario, place: int, types: dict[str, str]) -> None:
    """Post HITs as a requester would, one call each."""
    hits = scenario.hits[place]
    with asking(scenario, f"hits[{place}]", hits):
        request = _request(hits, types)
        for number in range(1, hits.count + 1):
            if hits.annotation is not None:
                request["RequesterAnnotation"] = hits.annotation.format(number=number)
            sim.client.create_hit(**request)


def _request(hits: HITs, types: dict[str, str]) -> dict[str, Any]:
    request: dict[str, Any] = {
        "Title": hits.title,
        "Description": hits.description or hits.title,
        "Reward": f"{hits.reward:.2f}",
        "MaxAssignments": hits.max_assignments,
        "LifetimeInSeconds": _seconds(hits.lifetime),
        "AssignmentDurationInSeconds": _seconds(hits.assignment_duration),
        "AutoApprovalDelayInSeconds": _seconds(hits.auto_approval_delay),
        "Question": _text(hits.question) or _page(hits.choices),
        "QualificationRequirements": [_named(need, types) for need in hits.requirements],
    }
    if hits.keywords is not None:
        request["Keywords"] = hits.keywords
    return request


def _named(need: Any, types: dict[str, str]) -> dict[str, Any]:
    type_id = need.get("QualificationTypeId")
    return {**need, "QualificationTypeId": types.get(type_id, type_id)}


def _page(choices: tuple[str, ...]) -> str:
    """A question that offers the choices as radio buttons named ``label``."""
    buttons = [
        f'<p><label><input type="radio" name="label" value="{escape(each)}" required> {escape(each)}</label></p>'
        for each in choices
    ]
    return html_question_document(f"<form>{''.join(buttons)}<input type='submit'></form>")


def _make_type(sim: Simulation, wanted: Qualification) -> str:
    request: dict[str, Any] = {
        "Name": wanted.name,
        "Description": wanted.description or wanted.name,
        "QualificationTypeStatus": "Active",
    }
    if wanted.auto_granted_value is not None:
        request |= {"AutoGranted": True, "AutoGrantedValue": wanted.auto_granted_value}
    if wanted.test is not None:
        request |= {"Test": _text(wanted.test), "TestDurationInSeconds": _seconds(wanted.test_duration)}
    if wanted.answer_key is not None:
        request["AnswerKey"] = _text(wanted.answer_key)
    return sim.client.create_qualification_type(**request)["QualificationType"]["QualificationTypeId"]


def _follow(sim: Simulation, script: Script, place: str) -> None:
    """Let a worker take the steps of a script; of a worker who has another script too, settings can be left out."""
    settings = (field for field in attrs.fields(Script) if field.name in ("country", "approved", "rejected"))
    given = {each.name: getattr(script, each.name) for each in settings if getattr(script, each.name) != each.default}
    try:
        worker = sim.worker(script.worker_id, **given)
    except ValueError as error:
        raise ScenarioError(f"{place}.worker_id = {script.worker_id!r}: {error}") from None
    steps = [_titled(step, script.title) for step in script.steps]
    sim.script(worker, Wait(_seconds(script.after)), *steps * script.repeat)


def _titled(step: Step, title: str | None) -> Step:
    return attrs.evolve(step, title=title) if step == Accept() else step


def _plan(sim: Simulation, fault: Fault, scenario: Scenario) -> None:
    window: Window = {"start": scenario.start + fault.after}
    if fault.lasts is not None:
        window["end"] = window["start"] + fault.lasts
    operations = fault.operations or None
    if fault.rate is not None:
        sim.faults.random(fault.rate, kinds=(fault.kind,), operation=operations, times=fault.times, **window)
    else:
        getattr(sim.faults, fault.kind)(operations, fault.times, **window)


def _seconds(duration: timedelta) -> int:
    return int(duration.total_seconds())


def _text(path: Path | None) -> str | None:
    return None if path is None else path.read_text(encoding="utf-8")
