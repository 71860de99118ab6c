"""Texts go to the models in jobs that do not depend on the workers."""

from deid.detect.reading import Task, read_all, run_here
from tests.detect.fake_reader import FakeReader

LINES = [f"Zora said {'so ' * (n % 40)}{n}" for n in range(700)]


def test_each_reader_reads_its_tasks_in_jobs_of_similar_length() -> None:
    jobs: list[list[Task]] = []
    readers = [FakeReader("Zora", name="spacy"), FakeReader("said", name="rampart")]

    def run(given: list[list[Task]]):  # type: ignore[no-untyped-def]
        jobs.extend(given)
        return run_here(readers)(given)

    tasks = [(reader.name, line) for line in LINES for reader in readers]
    found = read_all(tasks, readers, None, run, lambda *_: None)
    assert set(found) == set(tasks)
    assert all(len({name for name, _ in job}) == 1 for job in jobs)
    assert all([len(text) for _, text in job] == sorted(len(text) for _, text in job) for job in jobs)
    assert len(jobs) >= 6
    assert [span.start for span in found["spacy", LINES[0]]] == [0]


def test_jobs_are_the_same_in_whatever_order_the_texts_come() -> None:
    def jobs_of(tasks: list[Task]) -> list[list[Task]]:
        jobs: list[list[Task]] = []
        reader = FakeReader("Zora")
        read_all(
            tasks, [reader], None, lambda given: (jobs.extend(given), run_here([reader])(given))[1], lambda *_: None
        )
        return jobs

    tasks = [("spacy", line) for line in LINES]
    assert jobs_of(tasks) == jobs_of(tasks[::-1])
