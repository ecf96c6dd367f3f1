"""The war core in C: the same maths near the limit of the machine, as a measure of how fast the engine could be.

One week is traced by JAX and taken apart into cells, one formula for each number of a side, a front and so on. Equal
cells are computed once, cells that nobody reads not at all. Written out as straight-line C, a cell is a vector of
``LANES`` runs; a block of so many runs goes through all weeks before the next starts, so that its numbers stay in the
nearest cache. What does not differ between runs is computed once a call or once a week, and what does not change from
week to week once a block. Formulas and random numbers are the engine's; only the polynomials of the elementary
functions are this module's own. Needs a C compiler with the vector extensions of gcc.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import jax
import numpy as np
from numpy.polynomial import Chebyshev, Polynomial

from benchmarks.core import Core, core_week
from westphalia.model.noise import weekly_draws
from westphalia.model.settle import plainly
from westphalia.model.state import State
from westphalia.simulate.kernel import sub_steps

LANES = 16
TRACED = 1009
"""Length of the run axis while tracing: a prime that no other axis has."""
FLAGS = ("-O3", "-march=native", "-fno-math-errno", "-ffp-contract=fast", "-fno-strict-aliasing", "-shared", "-fPIC")
TYPES = {"f": ("float", "vf"), "i": ("int", "vi"), "u": ("unsigned", "vu"), "b": ("int", "vi")}
"""Names in C of a number and of a vector of numbers; a vector's truth is -1, a number's is 1."""
STAGES = {"uniform": "U", "calendar": "W", "block": "P", "week": "S"}
"""The functions, each with the array that keeps what later ones read."""
INFIX = {"add": "+", "sub": "-", "mul": "*", "div": "/", "xor": "^", "shift_right_logical": ">>"}
CALLS = {"abs": "fabsf", "max": "fmaxf", "min": "fminf", "sqrt": "sqrtf"}
CALLS |= {"exp": "expf", "expm1": "expm1f", "log": "logf", "tanh": "tanhf"}
COMPARED = {"lt": "<", "le": "<=", "gt": ">", "ge": ">="}
"""Comparisons and ``select_n`` also stand where JAX looks at negative indices; nothing reads those."""

PRELUDE = """
#include <math.h>
typedef float vf __attribute__((vector_size(64)));
typedef float vf_anywhere __attribute__((vector_size(64), aligned(4)));
typedef int vi __attribute__((vector_size(64)));
typedef unsigned vu __attribute__((vector_size(64)));
#define F static inline __attribute__((always_inline))
F vf all_f(float x) { return x - (vf){}; }
F vu all_u(unsigned x) { return x - (vu){}; }
F vf abs_v(vf a) { return (vf)((vi)a & 0x7fffffff); }
#ifdef __AVX512F__
#include <immintrin.h>
F vf max_v(vf a, vf b) { return (vf)_mm512_max_ps((__m512)a, (__m512)b); }
F vf min_v(vf a, vf b) { return (vf)_mm512_min_ps((__m512)a, (__m512)b); }
F vf sqrt_v(vf a) { return (vf)_mm512_sqrt_ps((__m512)a); }
#else
F vf max_v(vf a, vf b) { vi m = a > b; return (vf)((m & (vi)a) | (~m & (vi)b)); }
F vf min_v(vf a, vf b) { vi m = a < b; return (vf)((m & (vi)a) | (~m & (vi)b)); }
F vf sqrt_v(vf a) { vf r; for (int l = 0; l < 16; l++) r[l] = sqrtf(a[l]); return r; }
#endif
"""
FUNCTIONS = """
F vf reduced(vf x, vf *power) { /* x = n ln 2 + r: exp(r) - 1, and 2^n */
  x = max_v(min_v(x, all_f(88.0f)), all_f(-87.0f));
  vf shifted = x * 1.44269504f + 12582912.0f, n = shifted - 12582912.0f;
  vf r = (x - n * 0.693145752f) - n * 1.42860677e-6f;
  *power = (vf)(((vi)shifted << 23) + 0x3f800000);
  return r + r * r * exp_series(r);
}
F vf exp_v(vf x) { vf power, e = reduced(x, &power); return power + power * e; }
F vf expm1_v(vf x) { vf power, e = reduced(x, &power); return power * e + (power - 1.0f); }
F vf tanh_v(vf x) {
  vf e = expm1_v(-2.0f * abs_v(x));
  return (vf)((vi)(-e / (2.0f + e)) | ((vi)x & (int)0x80000000));
}
F vf log_v(vf x) { /* of positive numbers */
  vi e = ((vi)x - 0x3f3504f3) >> 23;
  vf f = (vf)((vi)x - (e << 23)) - 1.0f, n = __builtin_convertvector(e, vf);
  return n * 0.693145752f + (f + (f * f * (f * log_series(f) - 0.5f) + n * 1.42860677e-6f));
}
"""
GIVEN = "(float *const *in, int w, long b, vf *restrict S, vf *restrict P, float *restrict U, float *restrict W)"
RUN = """
void run(long first, long last, long weeks, float *const *in, const float *before, float *after) {
  float U[NU + 1], W[weeks][NW + 1];
  vf P[NP + 1], S[NS];
  uniform(in, 0, 0, S, P, U, W[0]);
  for (long w = 0; w < weeks; w++) calendar(in, w, 0, S, P, U, W[w]);
  for (long b = first; b < last; b++) {
    for (long i = 0; i < NS; i++) S[i] = *(vf_anywhere *)(before + i * RUNS + b * 16);
    block(in, 0, b, S, P, U, W[0]);
    for (long w = 0; w < weeks; w++) week(in, w, b, S, P, U, W[w]);
    for (long i = 0; i < NS; i++) *(vf_anywhere *)(after + i * RUNS + b * 16) = S[i];
  }
}
"""


class Cell(NamedTuple):
    """One number of the model: how it is computed, and whether it differs between runs and between weeks."""

    op: str
    args: tuple
    kind: str
    lanes: bool
    weekly: bool

    @property
    def stage(self) -> str:
        """The function that computes it."""
        return "none" if self.op == "constant" else tuple(STAGES)[2 * self.lanes + self.weekly]

    @property
    def reads(self) -> tuple[int, ...]:
        """The cells that it is computed from."""
        return () if self.op in ("leaf", "constant") else self.args

    @property
    def type(self) -> str:
        """Its type in C."""
        return TYPES[self.kind][self.lanes]


class Graph:
    """Cells, each held once and after those that it reads."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self._numbers: dict[Cell, int] = {}

    def add(self, cell: Cell) -> int:
        """The number of a cell, which is taken in if it is new."""
        if cell not in self._numbers:
            self._numbers[cell] = len(self.cells)
            self.cells.append(cell)
        return self._numbers[cell]

    def apply(self, op: str, args: tuple[int, ...], kind: str) -> int:
        """The number of a computed cell."""
        read = [self.cells[arg] for arg in args]
        return self.add(Cell(op, args, kind, any(cell.lanes for cell in read), any(cell.weekly for cell in read)))

    def constant(self, value: np.ndarray) -> np.ndarray:
        """The number of a cell that the program spells out."""
        text = {"f": "{:.9e}f", "u": "{}u"}.get(value.dtype.kind, "{}").format(value.item())
        return np.asarray(self.add(Cell("constant", (text,), value.dtype.kind, False, False)))

    def needed(self, roots: list[int]) -> list[int]:
        """All cells that some rest on, in order."""
        found = set(roots)
        for number in reversed(range(len(self.cells))):
            found.update(self.cells[number].reads if number in found else ())
        return sorted(found)


def follow(graph: Graph, program: Any, given: list[np.ndarray]) -> list[np.ndarray]:
    """Run a traced program on numbers of cells instead of numbers; the run axis has length one."""
    held = dict(zip(program.jaxpr.constvars, map(graph.constant, program.consts), strict=True))
    held |= zip(program.jaxpr.invars, given, strict=True)

    def value(var: Any) -> np.ndarray:
        return graph.constant(np.asarray(var.val, var.aval.dtype)) if hasattr(var, "val") else held[var]

    for equation in program.jaxpr.eqns:
        results = _step(graph, equation.primitive.name, equation, [value(var) for var in equation.invars])
        held.update(zip(equation.outvars, results, strict=True))
    return [value(var) for var in program.jaxpr.outvars]


def _step(graph: Graph, op: str, equation: Any, args: list[np.ndarray]) -> list[np.ndarray]:
    """One operation of a traced program."""
    params, out = equation.params, equation.outvars[0].aval
    if op in ("jit", "pjit"):
        return follow(graph, params["jaxpr"], args)
    if op == "scan":
        fixed, carry = args[: params["num_consts"]], args[params["num_consts"] :]
        for _ in range(params["length"]):
            carry = follow(graph, params["jaxpr"], fixed + carry)
        return carry
    shape = tuple(1 if length == TRACED else length for length in out.shape)
    if op not in (*INFIX, *CALLS, *COMPARED, "select_n", "neg", "convert_element_type"):
        return [_moved(op, params, args, shape)]
    rows = zip(*(np.broadcast_to(arg, shape).flat for arg in args), strict=True)
    return [np.array([graph.apply(op, tuple(map(int, row)), out.dtype.kind) for row in rows], int).reshape(shape)]


def _moved(op: str, params: dict[str, Any], args: list[np.ndarray], shape: tuple[int, ...]) -> np.ndarray:
    """The result of an operation that only moves cells."""
    first = args[0]
    if op in ("squeeze", "reshape"):
        return first.reshape(shape)
    if op == "dynamic_slice":  # only ever a week of the calendar, which is held as one week
        return first
    if op == "broadcast_in_dim":
        aligned = dict(zip(params["broadcast_dimensions"], first.shape, strict=True))
        return np.broadcast_to(first.reshape([aligned.get(axis, 1) for axis in range(len(shape))]), shape)
    if op == "slice" and params["strides"] is None:
        return first[tuple(map(slice, params["start_indices"], params["limit_indices"]))]
    if op == "rev":
        return np.flip(first, params["dimensions"])
    if op == "stack":
        return np.stack(args, params["axis"])
    raise NotImplementedError(f"{op} in the C oracle")


class Writer:
    """Writes a week as C, its cells in the order in which the program asks for them."""

    def __init__(self, graph: Graph, before: list[int], after: list[int]) -> None:
        self.cells, self.before, self.after = graph.cells, before, after
        self.needed = graph.needed(before + after)
        self._slots: dict[str, dict[int, int]] = {stage: {} for stage in STAGES}
        for reader in (self.cells[number] for number in self.needed):
            for number in reader.reads:
                stage = self.cells[number].stage
                if stage not in ("none", reader.stage):
                    self._slots[stage].setdefault(number, len(self._slots[stage]))

    def source(self, runs: int) -> str:
        """The whole source."""
        sizes = {f"N{STAGES[stage]}": len(slots) for stage, slots in self._slots.items()}
        sizes |= {"NS": len(self.before), "RUNS": runs}
        of_exp = _series("exp_series", 5, -0.347, 0.348, lambda x: (np.expm1(x) - x) / (x * x))
        of_log = _series("log_series", 8, -0.293, 0.415, lambda x: (np.log1p(x) - x + x * x / 2) / (x * x * x))
        defined = "\n".join(f"#define {name} {size}" for name, size in sizes.items())
        return "\n".join((PRELUDE, of_exp, of_log, FUNCTIONS, defined, *map(self._function, STAGES), RUN))

    def _function(self, stage: str) -> str:
        lines = [f"static __attribute__((noinline)) void {stage}{GIVEN} {{"]
        for number in self.needed:
            cell = self.cells[number]
            if cell.stage == stage:
                lines.append(f"{cell.type} v{number} = {self._formula(cell)};")
        for number, slot in self._slots[stage].items():
            lines.append(f"(({self.cells[number].type} *){STAGES[stage]})[{slot}] = v{number};")
        for slot, (old, new) in enumerate(zip(self.before, self.after, strict=True)):
            if old != new and stage == "week":
                lines.append(f"S[{slot}] = {self._name(new, stage, True)};")
        return "\n  ".join(lines) + "\n}"

    def _name(self, number: int, stage: str, lanes: bool) -> str:
        """How a stage names a cell."""
        cell, name = self.cells[number], f"v{number}"
        if cell.op == "constant":
            name = cell.args[0]
        elif cell.stage != stage:
            name = f"(({cell.type} *){STAGES[cell.stage]})[{self._slots[cell.stage][number]}]"
        return f"all_{cell.kind.replace('b', 'i')}({name})" if lanes and not cell.lanes else name

    def _formula(self, cell: Cell) -> str:
        if cell.op == "leaf":
            return f"({cell.type})*({'vf_anywhere' if cell.lanes else cell.type} *)({cell.args[0]})"
        names = [self._name(number, cell.stage, cell.lanes) for number in cell.args]
        if cell.op in INFIX:
            return f"{names[0]} {INFIX[cell.op]} {names[1]}"
        if cell.op in COMPARED:
            return f"{names[0]} {COMPARED[cell.op]} {names[1]}"
        if cell.op == "select_n":
            which, otherwise, then = names
            either = f"({which} & (vi)({then})) | (~{which} & (vi)({otherwise}))"
            return f"({cell.type})({either})" if cell.lanes else f"{which} ? {then} : {otherwise}"
        if cell.op == "neg":
            return f"-{names[0]}"
        if cell.op == "convert_element_type" and self.cells[cell.args[0]].kind == "b" and cell.lanes:
            return f"__builtin_convertvector(-{names[0]}, {cell.type})"
        if cell.op == "convert_element_type":
            return f"__builtin_convertvector({names[0]}, {cell.type})" if cell.lanes else f"({cell.type}){names[0]}"
        return f"{cell.op + '_v' if cell.lanes else CALLS[cell.op]}({', '.join(names)})"


def _series(name: str, terms: int, low: float, high: float, function: Any) -> str:
    """A C function: the polynomial that meets a function in the Chebyshev points of an interval."""
    fitted = Chebyshev.interpolate(function, terms - 1, [low, high])
    *factors, nested = (f"{factor:.9e}f" for factor in fitted.convert(kind=Polynomial).coef)
    for factor in reversed(factors):
        nested = f"({nested}) * x + {factor}"
    return f"F vf {name}(vf x) {{ return {nested}; }}"


def _compiled(source: str) -> ctypes.CDLL:
    compiler = shutil.which(os.environ.get("CC", "cc"))
    if compiler is None:
        raise RuntimeError("no C compiler on this machine, so the C oracle cannot be measured")
    with tempfile.TemporaryDirectory() as folder:
        written, library = Path(folder, "oracle.c"), Path(folder, "oracle.so")
        written.write_text(source, encoding="utf-8")
        done = subprocess.run([compiler, *FLAGS, "-o", library, written, "-lm"], capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"the C compiler refused the C oracle:\n{done.stderr[-2000:]}")
        return ctypes.CDLL(str(library))


class COracle:
    """The war core of one scenario in C.

    Attributes:
        writer: The cells of a week.
        compiled_in: Seconds that the C compiler took.
    """

    def __init__(self, core: Core) -> None:
        self._core, self._runs = core, core.keys.shape[-1]
        leaves, structure = jax.tree.flatten((core.world, core.state, core.aid, core.keys))
        self._leaves = [np.ascontiguousarray(leaf) for leaf in leaves]
        if self._runs % LANES or any(leaf.itemsize != 4 for leaf in self._leaves):
            raise ValueError(f"the C oracle takes a multiple of {LANES} runs, in single precision")
        self.writer = self._traced(structure)
        begun = time.perf_counter()
        self._library = _compiled(self.writer.source(self._runs))
        self.compiled_in = time.perf_counter() - begun
        state = [np.asarray(leaf).view(np.float32) for leaf in jax.tree.leaves(core.state)]
        self._before = np.concatenate([leaf.reshape(-1, self._runs) for leaf in state])
        self._after = np.empty_like(self._before)
        self._addresses = (ctypes.c_void_p * len(leaves))(*(leaf.ctypes.data for leaf in self._leaves))

    def run(self, weeks: int, threads: int = 1) -> State:
        """The state after so many weeks."""
        self.advance(weeks, threads)
        leaves, structure = jax.tree.flatten(self._core.state)
        ends = np.cumsum([leaf.size // self._runs for leaf in leaves])
        parts = zip(leaves, np.split(self._after.copy(), ends[:-1]), strict=True)
        return jax.tree.unflatten(structure, [part.view(leaf.dtype).reshape(leaf.shape) for leaf, part in parts])

    def advance(self, weeks: int, threads: int = 1) -> None:
        """The compiled code alone, to be timed; threads share the runs out."""
        if weeks > len(self._core.world.calendar.season):
            raise ValueError(f"the calendar ends before week {weeks}")
        edges = [self._runs // LANES * thread // threads for thread in range(threads + 1)]
        arrays = [ctypes.c_void_p(array.ctypes.data) for array in (self._before, self._after)]

        def part(first: int, last: int) -> None:
            self._library.run(*map(ctypes.c_long, (first, last, weeks)), self._addresses, *arrays)

        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(part, edges, edges[1:]))

    def _traced(self, structure: Any) -> Writer:
        """A week taken apart."""

        def one_week(number: Any, leaves: list[Any]) -> State:
            world, state, aid, keys = jax.tree.unflatten(structure, leaves)
            draws = weekly_draws(keys, number, world.identity, np.float32)
            now = world.calendar.at(number)
            return core_week(world, state, aid, now, draws, sub_steps, plainly, self._core.substeps)

        shapes = [(*leaf.shape[:-1], TRACED if leaf.shape[-1] == self._runs else 1) for leaf in self._leaves]
        given = [jax.ShapeDtypeStruct(shape, leaf.dtype) for shape, leaf in zip(shapes, self._leaves, strict=True)]
        program = jax.make_jaxpr(one_week)(jax.ShapeDtypeStruct((), np.int32), given)
        graph, (places, held, *_) = Graph(), jax.tree.unflatten(structure, range(len(given)))
        week = np.asarray(graph.add(Cell("leaf", ("&w",), "i", False, True)))
        cells, before = self._read(graph, jax.tree.leaves(places.calendar), jax.tree.leaves(held))
        after = follow(graph, program, [week, *cells])
        return Writer(graph, before, np.concatenate([array.ravel() for array in after]).tolist())

    def _read(self, graph: Graph, calendar: list[int], state: list[int]) -> tuple[list[np.ndarray], list[int]]:
        """Cells of everything that is read, and those of the state again; a calendar is held as one week."""
        cells, before = [], []
        for place, leaf in enumerate(self._leaves):
            lanes, weekly, of_state = leaf.shape[-1] == self._runs, place in calendar, place in state
            shape = (1,) * weekly + leaf.shape[weekly:-1] + (1,)
            size = int(np.prod(shape))
            new = []
            for index in range(size):
                address = f"in[{place}] + ({index}L + w * {size * weekly})" + " * RUNS + b * 16" * lanes
                address = f"S + {len(before) + index}" if of_state else address
                new.append(graph.add(Cell("leaf", (address,), leaf.dtype.kind, lanes, weekly or of_state)))
            before += new * of_state
            cells.append(np.array(new).reshape(shape))
        return cells, before
