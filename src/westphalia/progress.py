"""How far a study has come, on the standard error: a bar with time left on a terminal, first estimates in any case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from westphalia.report.terminal import shares
from westphalia.simulate import study_run
from westphalia.simulate.study import Study


def _bar() -> Progress:
    """A bar with time left; it shows nothing where the standard error is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal, transient=True)


@contextmanager
def counted(what: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar that is told what is being done, and how many of how many are done."""
    bar = _bar()
    task = bar.add_task(what, total=None)
    with bar:
        yield lambda stage, done, total: bar.update(task, description=stage, completed=done, total=total)


class Watcher:
    """Watches a study being simulated; ``bar`` is to be entered around it.

    Attributes:
        bar: The bar; it shows nothing where the standard error is no terminal.
        done: Runs of one arm that are on disk.
        runs: Runs of one arm that are asked for; 0 before the first step.
    """

    def __init__(self) -> None:
        self.bar = _bar()
        self.done = self.runs = 0
        self._task = self.bar.add_task("getting ready", total=None)
        self._has_told = False

    def __call__(self, progress: study_run.Progress) -> None:
        """Take note of one step."""
        self.done, self.runs = progress.done, progress.runs
        self.bar.update(self._task, completed=progress.done, total=progress.runs)
        if progress.has_come:
            self.bar.update(self._task, description="runs")
            if not self._has_told and progress.done < progress.runs:
                self._tell(progress.study)

    def _tell(self, study: Study) -> None:
        found = {name: of for name, of in study.shares().to_dict("index").items() if of["share"] > 0}
        text = f"first estimates, {study.done:,} runs: {shares(found)}"
        self.bar.console.print(text, soft_wrap=True, markup=False, highlight=False)
        self._has_told = True
