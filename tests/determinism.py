"""A day in a marketplace, its journal printed: run as a program, it must print the same bytes wherever it runs."""

from questions import HIT

from mturk_sim import simulate


def day(seed: int) -> str:
    """What the journal says after a day with a bit of everything."""
    with simulate(seed=seed, sandbox=False, balance=100) as sim:
        client = sim.client
        hits = [client.create_hit(**HIT, MaxAssignments=3)["HIT"]["HITId"] for _ in range(4)]
        workers = [sim.worker(country=country) for country in ("US", "IN", "DE")]
        for place, worker in enumerate(workers):
            for hit_id in hits[place:]:
                handle = worker.accept(hit_id)
                if place != 2:
                    handle.submit({"label": f"cat {place}", "sure": "yes"})
                sim.clock.advance(minutes=3)
        for assignment in client.list_assignments_for_hit(HITId=hits[0])["Assignments"]:
            client.approve_assignment(AssignmentId=assignment["AssignmentId"])
            client.send_bonus(
                WorkerId=assignment["WorkerId"], AssignmentId=assignment["AssignmentId"], BonusAmount="0.05", Reason="x"
            )
        client.update_expiration_for_hit(HITId=hits[3], ExpireAt=0)
        sim.clock.advance(days=40)
        return sim.journal.dump()


if __name__ == "__main__":
    print(day(7), end="")
