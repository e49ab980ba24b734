"""The fixture `mturk` in tests whose time is frozen: it follows that time, however it was frozen."""

import pytest

from mturk_sim.documents import html_question_document

pytest_plugins = ["pytester"]

MODULE = """
    from datetime import UTC, datetime, timedelta

    import freezegun
    import pytest
    import time_machine as machine

    MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)
    JANUARY = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""

FROZEN = """
    def test_not_frozen(mturk):
        assert mturk.clock.now == JANUARY

    @pytest.mark.parametrize("days", [1, 2])
    @freezegun.freeze_time(MARCH)
    def test_decorator_of_freezegun(mturk, days):
        assert mturk.clock.now == MARCH
        mturk.clock.advance(days=days)
        assert mturk.clock.now == datetime.now(UTC) == MARCH + timedelta(days=days)

    @freezegun.freeze_time(MARCH)
    class TestDecorated:
        def test_class(self, mturk):
            assert mturk.clock.now == MARCH

    @machine.travel(MARCH, tick=False)
    def test_decorator_of_time_machine(mturk):
        assert mturk.clock.now == MARCH
        mturk.clock.advance(days=1)
        assert mturk.clock.now == datetime.now(UTC) == MARCH + timedelta(days=1)

    @pytest.fixture
    def freezer():
        with freezegun.freeze_time(MARCH) as frozen:
            yield frozen

    @pytest.fixture
    def frozen(freezer):
        yield freezer

    def test_fixture_around_it(frozen, mturk):
        frozen.tick(60)
        assert mturk.clock.now == MARCH + timedelta(minutes=1)

    def test_fixture_called_freezer_asked_for_later(mturk, freezer):
        freezer.move_to(MARCH + timedelta(days=1))
        assert mturk.clock.now == MARCH + timedelta(days=1)

    def test_fixture_of_time_machine(mturk, time_machine):
        time_machine.move_to(MARCH, tick=False)
        assert mturk.clock.now == MARCH

    @pytest.mark.mturk(start=JANUARY)
    @freezegun.freeze_time(MARCH)
    def test_a_start_of_its_own(mturk):
        assert mturk.clock.now == JANUARY
"""

FAILING = """
    @freezegun.freeze_time("2012-03-01")
    def test_it(mturk):
        hit = mturk.client.create_hit(
            Title="t", Description="d", Reward="0.10", LifetimeInSeconds=3600, AssignmentDurationInSeconds=60,
            Question=QUESTION,
        )
        assert hit is None
""".replace("QUESTION", repr(html_question_document("<form><input name='a'></form>", 0)))


def run(pytester: pytest.Pytester, tests: str) -> pytest.RunResult:
    pytester.makepyfile(MODULE + tests)
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", "-W", "error")


def test_it_follows_the_time_of_a_frozen_test(pytester: pytest.Pytester) -> None:
    run(pytester, FROZEN).assert_outcomes(passed=9)


def test_the_timeline_of_a_failed_test_ends_with_the_test(pytester: pytest.Pytester) -> None:
    result = run(pytester, FAILING)

    result.stdout.fnmatch_lines(["*2012-03-01 00:00:00*HITCreated*"])
    result.stdout.no_fnmatch_line("*HITExpired*")
