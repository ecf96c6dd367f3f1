"""What every law of every family keeps: its papers, its shapes, the exchange of sides. A new law needs no line here.

Inputs are drawn by the kind that the family's interface names (``PerSideFront`` and so on); only numbers with a unit
are told their size, in ``SIZES``.
"""

import ast
import dataclasses
import inspect
import re
import typing
import zlib
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import westphalia.laws
from westphalia.kinds import RECORDS, parameters
from westphalia.laws import ORDER, laws_of

ROOT = Path(westphalia.laws.__file__).parent
BIBLIOGRAPHY = set(re.findall(r"^@\w+\{\s*([^,\s]+)\s*,", (ROOT.parent / "refs.bib").read_text(), re.MULTILINE))
CITATION = re.compile(r"\[([A-Z][A-Za-z]+\d{4}[a-z]?)\]")
SECTIONS = ["Equation:", "Units:", "Source:", "Holds when / fails when:", "Status:"]

LAWS = [pytest.param(law, id=f"{family}/{key}") for family in ORDER for key, law in laws_of(family).items()]
FILES = sorted(ROOT.rglob("*.py"))

SIDE, PLAYER, FRONT, BACKER, COHORT, STAGE, RUN = 2, 6, 3, 4, 3, 2, 5
SHAPES = {
    "Each": (),
    "PerSide": (SIDE,),
    "PerSideOfTexts": (SIDE,),
    "PerPlayer": (PLAYER,),
    "PerFront": (FRONT,),
    "PerSideFront": (SIDE, FRONT),
    "PerBacker": (BACKER,),
    "PerSideCohort": (SIDE, COHORT),
    "PerSideStage": (SIDE, STAGE),
    "PerBackerStage": (BACKER, STAGE),
}
SIZES = {
    "advance": (0.1, 20.0),
    "allocated": (0.05, 0.8),
    "already": (10.0, 500.0),
    "ammunition": (0.5, 6.0),
    "armour": (1.0, 12.0),
    "armour_per_head": (0.005, 0.05),
    "available": (100.0, 700.0),
    "claimed": (1.0, 10.0),
    "density": (0.02, 1.0),
    "distance": (1.0, 300.0),
    "draw": (-2.0, 2.0),
    "enemy_log_advantage": (-1.0, 2.0),
    "expectation": (-1.0, 1.0),
    "force": (2.0, 200.0),
    "garrison": (2.0, 60.0),
    "ground_lost": (0.0, 10.0),
    "hawkishness": (-1.0, 1.0),
    "hostile": (100.0, 3000.0),
    "log_advantage": (-1.5, 1.5),
    "logit": (-3.0, 3.0),
    "loss_rate": (0.001, 0.05),
    "newly_wounded": (0.5, 10.0),
    "occupied": (500.0, 6000.0),
    "own_position": (-100.0, 150.0),
    "partisans": (0.1, 10.0),
    "plan_ratio": (0.1, 1.5),
    "pool": (500.0, 4000.0),
    "pool_at_start": (4000.0, 9000.0),
    "railhead": (-100.0, 150.0),
    "reserve": (1.0, 60.0),
    "retreat": (0.1, 20.0),
    "river": (0.0, 6.0),
    "room": (0.0, 60.0),
    "salient": (-30.0, 60.0),
    "speed": (-10.0, 10.0),
    "strength": (100.0, 700.0),
    "threshold": (0.02, 0.06),
    "tolerance": (0.01, 0.04),
    "tour": (5.0, 80.0),
    "true_loss": (0.0, 10.0),
    "urgency": (0.0, 10.0),
    "utility": (-1.0, 1.0),
    "weeks_since_change": (0.0, 100.0),
    "withdrawal": (0.0, 30.0),
    "wounded": (1.0, 40.0),
}


def interface(law):
    """The abstract class of the law's family."""
    return next(base for base in law.__mro__ if inspect.isabstract(base))


def methods(law):
    """What an interface leaves to its laws, and what it does for all of them with the kinds that are sized here."""
    promised = interface(law)
    written = {name: method for name, method in vars(promised).items() if inspect.isfunction(method)}
    shared = {name for name, method in written.items() if set(method.__annotations__.values()) <= SHAPES.keys()}
    return sorted(promised.__abstractmethods__ | shared)


CALLS = [pytest.param(law.values[0], name, id=f"{law.id}/{name}") for law in LAWS for name in methods(law.values[0])]


def kind_of(annotation):
    """An annotation of an interface as a nested structure of names of kinds."""
    tree = ast.parse(annotation if isinstance(annotation, str) else annotation.__name__, mode="eval").body
    return _structure(tree)


def _structure(tree):
    if isinstance(tree, ast.Name):
        return tree.id
    outer, inner = tree.value.id, tree.slice
    if outer == "tuple":
        return tuple(_structure(part) for part in inner.elts)
    assert outer == "dict", f"results are arrays, tuples or dicts of them, not {ast.unparse(tree)}"
    return {"*": _structure(inner.elts[1])}


def walk(change, kind, value):
    """Apply ``change(kind, array)`` to every array of a result."""
    if isinstance(kind, tuple):
        return tuple(walk(change, k, v) for k, v in zip(kind, value, strict=True))
    if isinstance(kind, dict):
        return {name: walk(change, kind["*"], v) for name, v in value.items()}
    return change(kind, value)


def flat(value):
    """Every array of a result, those of a dict in the order of the names."""
    if isinstance(value, dict):
        return [array for name in sorted(value) for array in flat(value[name])]
    if isinstance(value, tuple):
        return [array for part in value for array in flat(part)]
    return [np.asarray(value)]


PARTS = {record.__name__: record for record in RECORDS if record.__module__.startswith("westphalia.laws.")}
"""Records that a family's interface takes; their fields are drawn like arguments, under ``argument.field``."""


def signature(law, name):
    """The kinds of a method's arguments by name, and of its result."""
    made = inspect.signature(getattr(interface(law), name))
    arguments = {}
    for argument, kind in ((k, kind_of(p.annotation)) for k, p in made.parameters.items() if k != "self"):
        if kind in PARTS:
            arguments |= {f"{argument}.{field.name}": "Each" for field in dataclasses.fields(PARTS[kind])}
        else:
            arguments[argument] = kind
    return arguments, kind_of(made.return_annotation)


def call(law, name, inputs):
    """The result of a method, records put together from their fields."""
    given = {argument: value for argument, value in inputs.items() if "." not in argument}
    for argument, known in inspect.signature(getattr(interface(type(law)), name)).parameters.items():
        kind = kind_of(known.annotation) if argument != "self" else None
        if kind in PARTS:
            fields = {field.name: inputs[f"{argument}.{field.name}"] for field in dataclasses.fields(PARTS[kind])}
            given[argument] = PARTS[kind](**fields)
    return getattr(law, name)(**given)


def sample(law, name=""):
    """A law with a number for every run, within its ranges, and inputs of one of its methods; unequal sides."""
    rng = np.random.default_rng(zlib.crc32(f"{law.__name__}.{name}".encode()))
    fields = {}
    for field, known in parameters(law).items():
        shape = (SIDE, RUN) if known.axis == "side" else (RUN,)
        fields[field] = known.low + (known.high - known.low) * rng.uniform(size=shape)
    inputs = {}
    for argument, kind in (signature(law, name)[0] if name else {}).items():
        low, high = SIZES.get(argument, (0.05, 0.95))
        inputs[argument] = 1.0 / 3.0 if kind == "float" else rng.uniform(low, high, size=(*SHAPES[kind], RUN))
    return law(**fields), inputs


def exchanged(kind, array):
    """The same with the sides exchanged."""
    return array[::-1] if kind.startswith("PerSide") else array


def changed(law, change):
    """The law with every parameter changed."""
    fields = {k: change("PerSide" if p.axis else "Each", getattr(law, k)) for k, p in parameters(type(law)).items()}
    return dataclasses.replace(law, **fields)


def test_every_family_of_the_week_is_a_folder_and_every_folder_a_family_of_the_week():
    assert sorted(ORDER) == sorted(p.parent.name for p in ROOT.glob("*/base.py"))
    assert all(laws_of(family) for family in ORDER)


def test_keys_are_unique_over_all_families():
    keys = [key for family in ORDER for key in laws_of(family)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("law", LAWS)
def test_a_law_is_a_final_frozen_record_under_a_kebab_case_key(law):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", law.key)
    family = law.__module__.split(".")[-2]
    assert laws_of(family)[law.key] is law
    assert dataclasses.is_dataclass(law)
    assert law.__dataclass_params__.frozen
    assert law in RECORDS
    assert law.__final__
    assert law.__bases__ == (interface(law),)
    assert interface(law).__module__ == f"westphalia.laws.{family}.base"
    assert not inspect.isabstract(law)
    assert Path(inspect.getfile(law)).stem == law.key.replace("-", "_")


@pytest.mark.parametrize("law", LAWS)
def test_a_law_keeps_the_argument_names_of_its_interface(law):
    for name in methods(law):
        own, promised = (inspect.signature(getattr(c, name)).parameters for c in (law, interface(law)))
        assert [(p.name, p.default) for p in own.values()] == [(p.name, p.default) for p in promised.values()], name
    assert set(typing.get_type_hints(interface(law), include_extras=True)) - {"key"} <= set(parameters(law))


@pytest.mark.parametrize("law", LAWS)
def test_a_law_file_says_what_it_computes_where_from_and_how_far(law):
    lines = inspect.getmodule(law).__doc__.splitlines()
    assert lines[0].endswith(".")
    assert [line for line in lines if line and not line.startswith(" ")][1:] == SECTIONS
    where = [lines.index(section) for section in SECTIONS] + [len(lines)]
    text = {s: " ".join(lines[a + 1 : b]).strip() for s, a, b in zip(SECTIONS, where[:-1], where[1:], strict=True)}
    assert all(text.values())
    assert CITATION.search(text["Source:"]) or "this project's" in text["Source:"].lower()
    assert re.match(r"(checked|plausible|contested)\b", text["Status:"])


@pytest.mark.parametrize("law", LAWS)
def test_every_number_of_a_law_is_declared_with_unit_range_and_source(law):
    known = parameters(law)
    assert [f.name for f in dataclasses.fields(law)] == list(known)
    for name, number in known.items():
        assert number.title, name
        assert number.unit, name
        assert np.isfinite([number.low, number.high]).all(), name
        assert number.axis in ("", "side"), name
        assert number.scale in ("linear", "log"), name
        assert number.source == "assumption" or number.source in BIBLIOGRAPHY, f"{name}: {number.source}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_citation_in_a_file_stands_in_the_bibliography(path):
    assert set(CITATION.findall(path.read_text())) <= BIBLIOGRAPHY


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_laws_use_only_what_is_cheap_and_belongs_to_both_libraries(path):
    """No powers, no log1p, sine or cosine, no loops (but over rows, in the shared functions), nothing of JAX."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        assert not isinstance(node, ast.Pow), "a power with a real exponent costs twenty times an exponential"
        assert not (isinstance(node, ast.Attribute) and node.attr in ("log1p", "sin", "cos", "power", "sum"))
        loop = isinstance(node, ast.For | ast.While)
        assert not loop or path.stem in ("__init__", "numerics")
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        assert "jax" not in [n.split(".")[0] for n in [*names, getattr(node, "module", None) or ""]]


@pytest.mark.parametrize(("law", "name"), CALLS)
def test_results_are_finite_and_of_the_promised_shape(law, name):
    made, inputs = sample(law, name)

    def check(kind, array):
        assert np.shape(array) == (*SHAPES[kind], RUN)
        assert np.isfinite(array).all()

    walk(check, signature(law, name)[1], call(made, name, inputs))


@pytest.mark.parametrize(("law", "name"), CALLS)
def test_exchanging_the_sides_exchanges_the_results(law, name):
    made, inputs = sample(law, name)
    kinds, result = signature(law, name)
    mirrored = {k: v if kinds[k] == "float" else exchanged(kinds[k], v) for k, v in inputs.items()}
    first = flat(walk(exchanged, result, call(made, name, inputs)))
    second = flat(call(changed(made, exchanged), name, mirrored))
    for one, two in zip(first, second, strict=True):
        np.testing.assert_allclose(one, two, rtol=1e-13, atol=0.0)


@pytest.mark.parametrize(("law", "name"), CALLS)
def test_many_runs_give_what_each_run_gives_alone(law, name):
    made, inputs = sample(law, name)
    together = flat(call(made, name, inputs))
    for run in range(RUN):
        one_run = {k: v if isinstance(v, float) else v[..., run : run + 1] for k, v in inputs.items()}
        alone = flat(call(changed(made, lambda _, a, r=run: a[..., r : r + 1]), name, one_run))
        for many, one in zip(together, alone, strict=True):
            np.testing.assert_allclose(many[..., run : run + 1], one, rtol=1e-13, atol=0.0)


@pytest.mark.parametrize(("law", "name"), CALLS)
def test_a_constant_with_a_run_axis_of_length_one_serves_every_run(law, name):
    made, inputs = sample(law, name)
    constant = changed(made, lambda _, a: a[..., :1])
    repeated = changed(made, lambda _, a: np.repeat(a[..., :1], RUN, axis=-1))
    results = zip(flat(call(constant, name, inputs)), flat(call(repeated, name, inputs)), strict=True)
    for one, many in results:
        np.testing.assert_allclose(np.broadcast_to(one, many.shape), many, rtol=1e-13, atol=0.0)


@pytest.mark.parametrize(("law", "name"), CALLS)
def test_both_libraries_agree_and_gradients_are_finite(law, name):
    made, inputs = sample(law, name)
    expected = flat(call(made, name, inputs))
    with jax.enable_x64(True):
        fields = {k: jnp.asarray(getattr(made, k)) for k in parameters(law)}
        arrays = {k: jnp.asarray(v) for k, v in inputs.items() if not isinstance(v, float)}

        def total(numbers, given):
            result = call(law(**numbers), name, inputs | given)
            return sum(jnp.sum(leaf) for leaf in jax.tree.leaves(result)), result

        (_, result), slopes = jax.jit(jax.value_and_grad(total, argnums=(0, 1), has_aux=True))(fields, arrays)
    for one, two in zip(expected, flat(result), strict=True):
        assert two.dtype == np.float64
        np.testing.assert_allclose(two, one, rtol=1e-12, atol=1e-15)
    assert all(np.isfinite(slope).all() for slope in jax.tree.leaves(slopes))
