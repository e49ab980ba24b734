"""The interface as data: what botocore ships, what we say where it ships none, and that the two are the same."""

import gzip
import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from botocore import xform_name
from botocore.loaders import Loader

from mturk_sim.operations import model
from mturk_sim.operations.interface import API_VERSION, Reader, descriptions

KNOWN = "12ef4a005506465e37847a538eff0190095513fcb74627345b592554fd5ed7b5"
"""The digest of the interface. Another one means that the interface is another: tell it in CHANGELOG.md."""
OURS: dict[str, Any] = descriptions()["service-2"] | descriptions()["paginators-1"]


@pytest.fixture(scope="module")
def theirs() -> dict[str, Any]:
    """What the installed botocore ships, its documentation left out."""
    shipped = model.shipped()
    if shipped is None:
        pytest.skip("the installed botocore describes the service no longer")
    paginators = Loader().load_service_model("mturk", "paginators-1", API_VERSION)
    described: dict[str, Any] = undocumented(shipped | paginators)
    return described


def undocumented(described: Any) -> Any:
    """A description without its texts."""
    if isinstance(described, dict):
        return {name: undocumented(part) for name, part in described.items() if name != "documentation"}
    return [undocumented(part) for part in described] if isinstance(described, list) else described


def facts(described: dict[str, Any]) -> dict[str, str]:
    """Everything that a description says of operations, shapes and paginators, one fact at a time, in order of name.

    The order of members is a fact too: it is the order in which a response shows them.
    """
    return dict(sorted(_facts({part: described[part] for part in ("operations", "shapes", "pagination")}, "")))


def _facts(described: Any, path: str) -> Iterator[tuple[str, str]]:
    if not isinstance(described, dict):
        yield path, json.dumps(described)
        return
    for name, part in described.items():
        yield from _facts(part, f"{path}.{name}" if path else name)
    if path.endswith(".members"):
        yield path, json.dumps(list(described))


def differences(theirs: dict[str, Any], ours: dict[str, Any]) -> list[str]:
    """What two descriptions say differently, a line each."""
    one, other = facts(theirs), facts(ours)
    changed = (path for path in sorted(one.keys() | other.keys()) if one.get(path) != other.get(path))
    return [f"{path}: {one.get(path, 'nothing')}, and ours {other.get(path, 'nothing')}" for path in changed]


def digest(described: dict[str, Any]) -> str:
    return sha256("\n".join(f"{path} {value}" for path, value in facts(described).items()).encode()).hexdigest()


def test_ours_says_what_botocore_says(theirs: dict[str, Any]) -> None:
    assert differences(theirs, OURS) == []


def test_botocore_still_says_what_it_said(theirs: dict[str, Any]) -> None:
    assert digest(theirs) == KNOWN, "\n".join(["botocore's interface has changed:", *differences(theirs, OURS)])


def test_ours_still_says_what_it_said() -> None:
    assert digest(OURS) == KNOWN


def test_ours_names_the_service_as_botocore_does(theirs: dict[str, Any]) -> None:
    """Older versions of botocore say less of it: nothing of `auth` and `protocols`."""
    assert OURS["metadata"].items() >= theirs["metadata"].items()
    assert OURS["metadata"].keys() - theirs["metadata"].keys() <= {"auth", "protocols"}


def test_ours_has_39_operations_9_paginators_and_none_of_amazons_texts() -> None:
    assert (len(OURS["operations"]), len(OURS["pagination"])) == (39, 9)
    assert undocumented(OURS) == OURS


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (["operations", "GetHIT", "idempotent"], False, "operations.GetHIT.idempotent: false, and ours true"),
        (["shapes", "ResultSize", "max"], 10, "shapes.ResultSize.max: 10, and ours 100"),
        (["shapes", "HITStatus", "enum"], ["X"], 'shapes.HITStatus.enum: ["X"], and ours ["Assignable", '),
        (["shapes", "CustomerId", "pattern"], "^B", 'shapes.CustomerId.pattern: "^B", and ours "^A[A-Z0-9]+$"'),
        (["shapes", "SendBonusRequest", "required"], [], "shapes.SendBonusRequest.required: [], and ours "),
        (["shapes", "New"], {"type": "blob"}, 'shapes.New.type: "blob", and ours nothing'),
        (["pagination", "ListHITs", "result_key"], "X", 'pagination.ListHITs.result_key: "X", and ours "HITs"'),
    ],
)
def test_a_difference_is_named(path: list[str], value: Any, said: str) -> None:
    changed = part = deepcopy(OURS)
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = value

    (line,) = differences(changed, OURS)

    assert line.startswith(said)
    assert digest(changed) != digest(OURS)


def test_the_order_of_members_is_no_matter_of_taste() -> None:
    changed = deepcopy(OURS)
    members = changed["shapes"]["Locale"]["members"]
    members["Country"] = members.pop("Country")

    (line,) = differences(changed, OURS)

    assert line == 'shapes.Locale.members: ["Subdivision", "Country"], and ours ["Country", "Subdivision"]'


@pytest.mark.parametrize("botocore", [None, SimpleNamespace(submodule_search_locations=["a folder without it"])])
def test_ours_is_used_where_botocore_ships_none(monkeypatch: pytest.MonkeyPatch, botocore: Any) -> None:
    monkeypatch.setattr(model, "find_spec", lambda name: botocore)

    assert model.description.__wrapped__() is descriptions()["service-2"]


@pytest.mark.parametrize(("name", "packed"), [("service-2.json", bytes), ("service-2.json.gz", gzip.compress)])
def test_what_botocore_ships_is_read_plain_or_packed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, packed: Callable[[bytes], bytes]
) -> None:
    folder = tmp_path / "data" / "mturk" / API_VERSION
    folder.mkdir(parents=True)
    (folder / name).write_bytes(packed(b'{"operations": {}}'))
    monkeypatch.setattr(model, "find_spec", lambda _: SimpleNamespace(submodule_search_locations=[str(tmp_path)]))

    assert model.shipped() == {"operations": {}}


@pytest.mark.parametrize("line", ["Name ?= string", "Name(", "  ", "Name = 1..2", "Name() idempotent pages"])
def test_a_line_that_is_not_of_the_notation_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="a line without a form of the notation: "):
        Reader(f"Name\n    Member: String\n{line}\n")


def test_the_notation_in_one_example() -> None:
    """Each of its forms once."""
    reader = Reader(
        "# a comment\n\nSize = integer 1..9\nKey = string ^[a-z]+$\nColor = Red |\n    Green | Blue\n"
        "Trouble exception\n    Text: Key\nListAll() idempotent pages All\n    Size! Most: Size, Old: Key deprecated\n"
        "    -> All: [Key], Color: Color\n    -> Size: Size\n"
    )

    assert reader.shapes == {
        "Size": {"type": "integer", "min": 1, "max": 9},
        "Key": {"type": "string", "pattern": "^[a-z]+$"},
        "Color": {"type": "string", "enum": ["Red", "Green", "Blue"]},
        "Trouble": {"type": "structure", "exception": True, "members": {"Text": {"shape": "Key"}}},
        "KeyList": {"type": "list", "member": {"shape": "Key"}},
        "ListAllRequest": {
            "type": "structure",
            "required": ["Size"],
            "members": {
                "Size": {"shape": "Size"},
                "Most": {"shape": "Size"},
                "Old": {"shape": "Key", "deprecated": True},
            },
        },
        "ListAllResponse": {
            "type": "structure",
            "members": {"All": {"shape": "KeyList"}, "Color": {"shape": "Color"}, "Size": {"shape": "Size"}},
        },
    }
    assert reader.operations["ListAll"]["idempotent"] is True
    assert reader.pagination["ListAll"]["result_key"] == "All"


# --- names -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("operation", model.operation_names())
def test_an_operation_is_known_by_its_wire_name_and_by_the_clients_method(operation: str) -> None:
    assert model.operation_named(operation) == model.operation_named(xform_name(operation)) == operation


@pytest.mark.parametrize("wrong", ["CreateHat", "create_hat"])
def test_a_name_of_no_operation_is_refused_with_one_that_is_alike(wrong: str) -> None:
    with pytest.raises(ValueError, match=f"no operation of the service: {wrong}; did you mean 'CreateHIT'"):
        model.operation_named(wrong)
    with pytest.raises(ValueError, match=r"service: 5$"):
        model.operation_named(5)  # type: ignore[arg-type]  # on purpose
