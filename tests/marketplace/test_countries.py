"""Countries and their subdivisions."""

import pycountry
import pytest

from mturk_sim import Simulation
from mturk_sim.marketplace.countries import COUNTRIES, US_SUBDIVISIONS, Locale


@pytest.mark.rule("REQ-08")
def test_the_codes_are_those_of_iso_3166() -> None:
    assert {country.alpha_2 for country in pycountry.countries} == COUNTRIES
    assert len(COUNTRIES) == 249
    assert {each.code for each in pycountry.subdivisions.get(country_code="US")} == {
        f"US-{code}" for code in US_SUBDIVISIONS
    }


@pytest.mark.rule("REQ-08")
@pytest.mark.parametrize(
    ("country", "subdivision", "unknown"),
    [
        ("US", None, None),
        ("US", "PA", None),
        ("US", "DC", None),
        ("US", "XX", "XX"),
        ("US", "ON", "ON"),
        ("US", "", ""),
        ("CA", "ON", None),
        ("FR", "75", None),
        ("CA", "on", "on"),
        ("CA", "ONT", "ONT"),
        ("CA", "É1", "É1"),
        ("XX", None, "XX"),
        ("us", None, "us"),
        ("", None, ""),
        ("XX", "YY", "XX"),
    ],
)
def test_what_is_no_code_is_told(country: str, subdivision: str | None, unknown: str | None) -> None:
    assert Locale(country, subdivision).unknown == unknown


@pytest.mark.rule("REQ-07")
@pytest.mark.parametrize(
    ("place", "other", "covers"),
    [
        ("US", "US", True),
        ("US", "US-PA", True),
        ("US-PA", "US-PA", True),
        ("US-PA", "US", False),
        ("US-PA", "US-NY", False),
        ("US", "IN", False),
        ("US-CA", "CA", False),
        ("US-IN", "IN", False),
    ],
)
def test_a_country_covers_its_subdivisions_and_a_subdivision_only_itself(place: str, other: str, covers: bool) -> None:
    assert Locale(*place.split("-")).covers(Locale(*other.split("-"))) is covers
    assert str(Locale(*place.split("-"))) == place


@pytest.mark.parametrize("place", [{"country": "USA"}, {"country": "xx"}, {"country": "US", "subdivision": "ZZ"}])
def test_a_worker_lives_somewhere_on_earth(mturk: Simulation, place: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="is no code of ISO 3166"):
        mturk.worker(**place)
    assert mturk.workers == []
