"""The pytest plugin, as users' suites meet it: each test runs pytest anew in a process of its own."""

import pytest

pytest_plugins = ["pytester"]

MODULE = """
    import pytest
    from mturk_sim.documents import html_question_document

    def post(client):
        hit = client.create_hit(
            Title="t",
            Description="d",
            Reward="0.10",
            LifetimeInSeconds=60,
            AssignmentDurationInSeconds=60,
            Question=html_question_document("<form><input name='a'></form>", 0),
        )
        return hit["HIT"]["HITId"]
"""


def run(pytester: pytest.Pytester, tests: str, *options: str) -> pytest.RunResult:
    pytester.makepyfile(MODULE + tests)
    return pytester.runpytest_subprocess("--strict-markers", "-p", "no:cacheprovider", "-W", "error", *options)


def test_the_fixtures_give_a_fresh_marketplace_and_its_client(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
    def test_one(mturk, mturk_client):
        assert mturk_client is mturk.client
        post(mturk_client)

    def test_other(mturk):
        assert mturk.client.list_hits()["NumResults"] == 0
    """,
    )

    result.assert_outcomes(passed=2)


def test_the_marker_says_how_it_is_made(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
    @pytest.mark.mturk(sandbox=False, balance="3.50", seed=5)
    class TestProduction:
        def test_balance(self, mturk_client):
            assert mturk_client.get_account_balance()["AvailableBalance"] == "3.50"

        @pytest.mark.mturk(balance=7)
        def test_the_nearest_marker_wins(self, mturk_client):
            assert mturk_client.get_account_balance()["AvailableBalance"] == "7.00"
    """,
    )

    result.assert_outcomes(passed=2)


def test_everywhere_answers_clients_of_the_code_under_test(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
    import boto3

    @pytest.mark.mturk(everywhere=True)
    def test_app(mturk):
        client = boto3.client("mturk", region_name="us-east-1")
        assert client.get_account_balance()["AvailableBalance"] == "10000.00"
        assert len(mturk.calls) == 1
    """,
    )

    result.assert_outcomes(passed=1)


def test_everywhere_begins_before_all_other_fixtures(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
    import boto3

    @pytest.fixture
    def posted():
        return boto3.client("mturk").list_hits()["NumResults"]  # no region, no credentials

    @pytest.mark.mturk(everywhere=True)
    @pytest.mark.parametrize("number", [1, 2])
    def test_it(posted, number, mturk):
        assert posted == 0
        assert mturk.calls.made == 1
    """,
    )

    result.assert_outcomes(passed=2)


def test_everywhere_needs_no_fixture(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
    import unittest
    import boto3

    def balance():
        client = boto3.client("mturk", region_name="us-east-1")
        return client.get_account_balance()["AvailableBalance"]

    @pytest.fixture
    def before():
        return balance()

    @pytest.mark.mturk(everywhere=True)
    @pytest.mark.parametrize("number", [1, 2])
    def test_app(before, number):
        assert before == balance() == "10000.00"

    @pytest.mark.mturk(everywhere=True, sandbox=False, balance=5)
    class TestCase(unittest.TestCase):
        def test_app(self):
            assert balance() == "5.00"

    @pytest.mark.mturk(everywhere=True, balance=5)
    def test_factory(mturk_factory):
        with mturk_factory(sandbox=False) as sim:
            assert balance() == "5.00"
        with mturk_factory(sandbox=False, everywhere=False) as sim:
            assert sim.client.get_account_balance()["AvailableBalance"] == "5.00"
    """,
    )

    result.assert_outcomes(passed=4)


def test_virtual_time_begins_before_all_other_fixtures(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
    import time
    from datetime import UTC, datetime

    def poll(now):
        time.sleep(86_400)
        return (datetime.now(UTC) - now).days

    @pytest.fixture
    def now():
        return datetime.now(UTC)

    @pytest.mark.mturk(virtual_time=True)
    def test_named(now, mturk):
        assert poll(now) == 1
        assert mturk.clock.now == datetime.now(UTC)

    @pytest.mark.mturk(virtual_time=True, everywhere=True)
    def test_not_named(now):
        assert now.year == 2026
        assert poll(now) == 1

    @pytest.mark.mturk(virtual_time=True)
    def test_factory(mturk_factory):
        real = time.sleep
        with mturk_factory() as sim:
            assert poll(sim.clock.now) == 1
        with mturk_factory(virtual_time=False):
            assert time.sleep is real
    """,
    )

    result.assert_outcomes(passed=3)


@pytest.mark.parametrize("option", ["failed", "off"])
def test_the_timeline_of_a_test_that_was_interrupted_is_shown(pytester: pytest.Pytester, option: str) -> None:
    result = run(
        pytester,
        """
    def test_over(mturk):
        mturk.client.list_hits()

    @pytest.mark.parametrize("number", [1])
    def test_hangs(mturk, number):
        post(mturk.client)
        raise KeyboardInterrupt
    """,
        f"--mturk-timeline={option}",
    )

    assert result.ret == pytest.ExitCode.INTERRUPTED
    if option == "off":
        result.stdout.no_fnmatch_line("*mturk timeline*")
    else:
        result.stdout.fnmatch_lines(["*mturk timeline of *::test_hangs*1* *", "*CreateHIT(*", "*HITCreated*"])
    result.stdout.no_fnmatch_line("*ListHITs*")


def test_an_interruption_between_tests_shows_no_timeline(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("def pytest_runtest_logfinish(): raise KeyboardInterrupt")
    result = run(pytester, PASSING)

    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.no_fnmatch_line("*mturk timeline*")


def test_a_misused_marker_says_what_it_takes(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
    @pytest.mark.mturk(7)
    def test_seed(mturk):
        pass
    """,
    )

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*takes keywords only*"])


def test_a_misspelt_keyword_is_told_with_the_known_ones_and_the_one_that_was_meant(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
    @pytest.mark.mturk(evrywhere=True)
    def test_without_a_fixture():
        pass

    def test_factory(mturk_factory):
        mturk_factory(sed=7)
    """,
    )

    result.assert_outcomes(errors=1, failed=1)
    known = "seed, start, sandbox, balance, clock, wire, behavior, client, everywhere, virtual_time"
    takes = f"which takes {known}; did you mean"
    result.stdout.fnmatch_lines(
        [
            f"E * TypeError: 'evrywhere' is no keyword of the marker mturk(...), {takes} 'everywhere'?",
            ">       mturk_factory(sed=7)",
            f"E * TypeError: 'sed' is no keyword of mturk_factory(), {takes} 'seed'?",
        ]
    )


FAILING = """
    def test_fails(mturk_client):
        post(mturk_client)
        assert False
    """
PASSING = FAILING.replace("assert False", "assert True")


@pytest.mark.parametrize(
    ("tests", "options", "shown"),
    [
        (FAILING, (), True),
        (FAILING, ("--mturk-timeline=off",), False),
        (PASSING, ("-rA",), False),
        (PASSING, ("-rA", "--mturk-timeline=all"), True),
        (FAILING, ("-o", "mturk_timeline=off"), False),
        (FAILING, ("-n1",), True),
    ],
)
def test_the_timeline_is_in_the_report_where_it_is_wanted(
    pytester: pytest.Pytester, tests: str, options: tuple[str, ...], shown: bool
) -> None:
    result = run(pytester, tests, *options)

    assert ("mturk timeline" in result.stdout.str()) is shown
    assert ("HITCreated" in result.stdout.str()) is shown


def test_the_factory_serves_inside_given(pytester: pytest.Pytester) -> None:
    """No health check complains, since the factory lives as long as the session."""
    result = run(
        pytester,
        """
    from hypothesis import given, strategies as st

    @given(st.integers(0, 3))
    def test_seeds(mturk_factory, seed):
        with mturk_factory(seed=seed) as sim:
            assert post(sim.client) in [hit.id for hit in sim.hits()]
    """,
    )

    result.assert_outcomes(passed=1)


def test_the_factory_makes_them_as_the_marker_says(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
    import boto3
    from hypothesis import given, settings, strategies as st

    @pytest.mark.mturk(sandbox=False, balance=5)
    @settings(deadline=None)  # boto3 makes its first session here
    @given(st.just(None))
    def test_production(mturk_factory, _):
        with mturk_factory() as sim:
            assert sim.client.get_account_balance()["AvailableBalance"] == "5.00"
        with mturk_factory(balance=7, everywhere=True) as sim:
            client = boto3.client("mturk", region_name="us-east-1")
            assert client.get_account_balance()["AvailableBalance"] == "7.00"

    def test_sandbox(mturk_factory):
        assert mturk_factory().client.get_account_balance()["AvailableBalance"] == "10000.00"
    """,
    )

    result.assert_outcomes(passed=2)


def test_the_factory_follows_frozen_time(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
    from datetime import UTC, datetime
    from freezegun import freeze_time

    @freeze_time("2027-03-01")
    def test_decorated(mturk_factory):
        assert mturk_factory().clock.now == datetime(2027, 3, 1, tzinfo=UTC)
        assert mturk_factory(start=datetime(2026, 2, 2, tzinfo=UTC)).clock.now == datetime(2026, 2, 2, tzinfo=UTC)

    def test_around(mturk_factory):
        with freeze_time("2027-03-01"):
            assert mturk_factory().clock.now == datetime(2027, 3, 1, tzinfo=UTC)
        assert mturk_factory().clock.now.year == 2026
    """,
    )

    result.assert_outcomes(passed=2)


def test_the_report_has_the_timeline_of_the_last_marketplace_the_factory_made(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
    def test_fails(mturk_factory):
        with mturk_factory() as sim:
            sim.client.list_hits()
        with mturk_factory() as sim:
            post(sim.client)
            assert False
    """,
    )

    result.stdout.fnmatch_lines(["*timeline of the last marketplace made*", "*CreateHIT(*", "*HITCreated*"])
    result.stdout.no_fnmatch_line("*ListHITs*")


def test_the_report_says_how_to_plug_in_if_nothing_was(pytester: pytest.Pytester) -> None:
    result = run(pytester, "\n    def test_fails(mturk): assert mturk.hits()")

    result.stdout.fnmatch_lines(["nothing happened; no call reached*attach(client)*mark.mturk(everywhere=True)*"])


EVERYWHERE = """
    def fail():
        assert False

    @pytest.mark.mturk(everywhere=True)
    """


@pytest.mark.parametrize(
    ("test", "told"),
    [
        ("(mturk): fail()", "it answers every client of this process; the test called none, or a mock*"),
        ("(): fail()", "it answers every client of this process; the test called none, or a mock*"),
        (
            "(mturk_factory): fail()",
            "*everywhere=True holds inside `with mturk_factory() as sim:` alone;*fixture mturk",
        ),
        (
            "(mturk_factory):\n        with mturk_factory(): pass\n        fail()",
            "*everywhere=True holds inside `with *` alone*",
        ),
        (
            "(mturk_factory):\n        with mturk_factory(everywhere=False): fail()",
            "*inside `with mturk_factory() as sim:`*attach(client)*mturk_factory(everywhere=True)*",
        ),
    ],
)
def test_where_every_client_is_answered_the_report_says_which_are_not(
    pytester: pytest.Pytester, test: str, told: str
) -> None:
    result = run(pytester, f"{EVERYWHERE}def test_fails{test}\n")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"nothing happened; no call reached the marketplace: {told}"])


def test_the_report_has_refused_calls_and_failures_of_fixtures(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
    @pytest.fixture
    def hit(mturk_client):
        return mturk_client.create_hit_type(Title="", Description="d", Reward="1", AssignmentDurationInSeconds=60)

    def test_fails(hit):
        pass
    """,
    )

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*mturk timeline*", "*CreateHITType(*) refused: *"])


def test_the_report_notes_what_was_hardly_meant(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
    from datetime import datetime, timedelta

    def test_fails(mturk):
        hit_id = post(mturk.client)
        mturk.worker().accept(hit_id).submit({"b": "1"})
        mturk.client.update_expiration_for_hit(HITId=hit_id, ExpireAt=mturk.clock.now + timedelta(days=90))
        assert False
    """,
    )

    result.stdout.fnmatch_lines(
        ["*mturk timeline*", "note: UpdateExpirationForHIT(*virtual_time()*", "note: assignment * asks for 'a'"]
    )


LONG = """
    def test_fails(mturk_client):
        make = mturk_client.create_hit_type
        for number in range(200):
            make(Title=f"t{number}", Description="d", Reward="0.01", AssignmentDurationInSeconds=60)
        assert False
    """


@pytest.mark.parametrize(
    ("options", "lines", "left_out"),
    [((), 120, 80), (("--mturk-timeline-lines=12",), 12, 188), (("--mturk-timeline-lines=all",), 200, None)],
)
def test_a_long_timeline_is_cut(
    pytester: pytest.Pytester, options: tuple[str, ...], lines: int, left_out: int | None
) -> None:
    text = run(pytester, LONG, *options).stdout.str()

    assert text.count("CreateHITType(") == lines
    assert (f"... {left_out} more ..." in text) is (left_out is not None)


def test_it_can_be_switched_off(pytester: pytest.Pytester) -> None:
    result = run(pytester, "\n    def test_plain(): pass\n", "-p", "no:mturk_sim")

    result.assert_outcomes(passed=1)


def test_loading_it_loads_nothing_heavy(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
    import sys

    def test_modules():
        assert "mturk_sim.pytest_plugin" in sys.modules
        heavy = {"boto3", "botocore", "lxml", "freezegun", "mturk_sim.simulation", "mturk_sim.marketplace"}
        assert not heavy & set(sys.modules)
    """
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")

    result.assert_outcomes(passed=1)
