"""The guide loader is strict: one broken guide for each rule, each told with its file and place."""

from __future__ import annotations

import pytest

from tests.models.guide_cases import Break, column_of, fault_of, question_of, step_of, structure

#: What is broken · where it is told · what is said.
BROKEN: list[tuple[Break, str, str]] = [
    # form
    (lambda g: g.update(colour="red"), "colour", "unknown key"),
    (lambda g: g.pop("version"), "version", "missing"),
    (lambda g: g.update(version=1), "version", "expected a text"),
    (lambda g: g.update(phases=[]), "phases", "expected a list of texts"),
    (lambda g: g.update(phases=["begin", "finish", "begin"]), "phases", "stands twice"),
    (lambda g: g.update(step="none"), "step", "expected a list"),
    (lambda g: g["step"].__setitem__(0, "none"), "step 1", "expected a table"),
    (lambda g: step_of(g, "facts").update(minutes="six"), "facts minutes", "expected a whole number"),
    (lambda g: step_of(g, "facts").update(minutes=True), "facts minutes", "expected a whole number"),
    (lambda g: step_of(g, "facts").update(id="Facts!"), "Facts! id", "small letters"),
    (lambda g: step_of(g, "facts").update(phase="middle"), "facts phase", "'middle' is none of"),
    (lambda g: step_of(g, "facts").update(question=[]), "facts", "at least one question"),
    (lambda g: question_of(g, "facts.name").update(kind="essay"), "facts name kind", "'essay' is none of"),
    (lambda g: question_of(g, "facts.name").update(required="always"), "facts name required", "none of"),
    (lambda g: question_of(g, "facts.name").update(label="Name"), "facts name label", "unknown key"),
    (lambda g: column_of(g, "items.items", "size").update(width=3), "items items size width", "unknown key"),
    (lambda g: step_of(g, "extra")["warning"][0].update(colour=1), "extra unweighed colour", "unknown key"),
    # ids
    (lambda g: g["step"].append(g["step"][0]), "", "the step 'facts' stands twice"),
    (lambda g: question_of(g, "facts.story").update(id="name"), "facts", "'facts.name' stands twice"),
    (lambda g: g["path"][0]["screen"][1].update(id="first"), "light", "the screen 'first' stands twice"),
    (lambda g: step_of(g, "items")["warning"][0].update(id="one_large"), "items", "'one_large' stands twice"),
    (
        lambda g: question_of(g, "items.items")["columns"].append({"field": "size"}),
        "items items size",
        "stands twice",
    ),
    # where answers are stored
    (lambda g: g.update(owner="club"), "owner", "no record type 'club'"),
    (lambda g: g.update(depth_at="level"), "depth_at", "no field 'level'"),
    (lambda g: question_of(g, "facts.name").update(store="facts"), "facts name store", "table.field"),
    (lambda g: question_of(g, "facts.name").update(store="fact.name"), "facts name store", "no record type"),
    (lambda g: question_of(g, "facts.name").update(store="facts.nam"), "facts name store", "no field 'nam'"),
    (lambda g: question_of(g, "facts.name").update(store="visitor.name"), "facts name store", "hang under"),
    (lambda g: question_of(g, "facts.name").update(store="facts.weight"), "facts name store", "number field"),
    (lambda g: question_of(g, "facts.name").update(store="item.label"), "facts name store", "no one record"),
    (lambda g: question_of(g, "facts.name").update(store="facts.reason"), "extra.reason", "by facts.name"),
    (lambda g: question_of(g, "facts.period").pop("until"), "facts period until", "missing"),
    (lambda g: question_of(g, "facts.name").update(own="facts.reason"), "facts name own", "only a question"),
    (
        lambda g: question_of(g, "facts.period").update(none_yet="facts.no_day"),
        "facts period none_yet",
        "only",
    ),
    (lambda g: question_of(g, "facts.order").pop("order"), "facts order store", "rows, no one record"),
    (lambda g: question_of(g, "facts.order").update(order="item.price"), "facts order order", "money field"),
    (lambda g: question_of(g, "facts.tools").update(order="ranked.place"), "facts tools store", "no rows"),
    (lambda g: question_of(g, "items.items").update(table="facts"), "items items table", "one record"),
    (lambda g: question_of(g, "items.items").update(table="box"), "items items table", "no record type"),
    (
        lambda g: question_of(g, "items.notes").update(table="item", columns=[{"field": "label"}]),
        "items.notes",
        "by items.items",
    ),
    (
        lambda g: column_of(g, "items.items", "size").update(field="made"),
        "items items made field",
        "by the program",
    ),
    (
        lambda g: column_of(g, "items.items", "size").update(kind="money"),
        "items items size kind",
        "cannot store",
    ),
    (lambda g: column_of(g, "items.items", "size").update(field="x"), "items items x field", "no field 'x'"),
    (
        lambda g: column_of(g, "items.items", "beside").update(link="note.text"),
        "items items beside link",
        "link",
    ),
    (
        lambda g: question_of(g, "items.items").update(columns=[]),
        "items items columns",
        "at least one column",
    ),
    (lambda g: question_of(g, "items.items").pop("min_rows"), "items items min_rows", "how many rows"),
    (
        lambda g: question_of(g, "items.items").update(min_rows={"light": 1, "dark": 2}),
        "items items min_rows dark",
        "unknown key",
    ),
    (
        lambda g: column_of(g, "items.items", "price").update(shown="deep"),
        "items items price shown",
        "from the depth that requires it",
    ),
    # value lists and bounds
    (lambda g: question_of(g, "facts.colour").update(store="facts.ghost"), "facts colour", "no value list"),
    (lambda g: question_of(g, "facts.name").update(unknown=True), "facts name unknown", "only a choice"),
    (lambda g: question_of(g, "facts.weight").update(min_length=3), "facts weight min_length", "only a text"),
    (lambda g: question_of(g, "facts.grade").pop("lowest"), "facts grade lowest", "missing"),
    (lambda g: question_of(g, "facts.grade").update(highest=1), "facts grade highest", "lower to a higher"),
    (lambda g: question_of(g, "facts.grade").update(names="ghost"), "facts grade names", "every number"),
    (lambda g: question_of(g, "facts.colour").update(names="colour"), "facts colour names", "whole numbers"),
    (lambda g: question_of(g, "cards.cards").update(lines=["red", "pink"]), "cards cards lines", "'pink'"),
    (lambda g: question_of(g, "cards.cards").update(by="comment"), "cards cards by", "a line for every key"),
    (
        lambda g: question_of(g, "cards.replies").update(lines_from="cards.cards"),
        "cards replies lines_from",
        "a table of item",
    ),
    (
        lambda g: question_of(g, "cards.ratings").update(lines_from="items.items"),
        "cards ratings lines_from",
        "no lines by kind",
    ),
    (
        lambda g: question_of(g, "cards.ratings").update(lines_from="cards.replies"),
        "cards ratings lines_from",
        "no table above",
    ),
    # conditions
    (lambda g: step_of(g, "extra").update(when={}), "extra when", "exactly one of"),
    (
        lambda g: step_of(g, "extra").update(when={"answered": "facts.name", "not": {}}),
        "extra when",
        "exactly one of",
    ),
    (
        lambda g: step_of(g, "extra").update(when={"question": "facts.grade"}),
        "extra when",
        "exactly one of",
    ),
    (
        lambda g: step_of(g, "extra").update(when={"question": "facts.grade", "at_most": 3}),
        "extra when",
        "exactly one of",
    ),
    (
        lambda g: step_of(g, "extra").update(when={"question": "grade", "at_least": 3}),
        "extra when question",
        "step.question",
    ),
    (
        lambda g: step_of(g, "extra").update(when={"or": [{"answered": "facts.name"}]}),
        "extra when or",
        "at least two",
    ),
    (
        lambda g: step_of(g, "extra").update(when={"answered": "facts.nam"}),
        "extra",
        "no question 'facts.nam'",
    ),
    (lambda g: step_of(g, "facts").update(when={"answered": "items.why_none"}), "facts", "looks ahead"),
    (lambda g: step_of(g, "extra").update(when={"answered": "extra.reason"}), "extra", "looks ahead"),
    (
        lambda g: question_of(g, "facts.name").update(when={"answered": "facts.story"}),
        "facts.name",
        "looks ahead to facts.story",
    ),
    (
        lambda g: question_of(g, "facts.sealed").update(unless={"answered": "items.why_none"}),
        "facts.sealed",
        "looks ahead",
    ),
    (
        lambda g: column_of(g, "items.items", "size").update(when={"answered": "price"}),
        "items.items size",
        "looks ahead to the column price",
    ),
    (
        lambda g: column_of(g, "items.items", "size").update(when={"answered": "width"}),
        "items.items size",
        "no column 'width'",
    ),
    (
        lambda g: question_of(g, "facts.story").update(when={"answered": "size"}),
        "facts.story",
        "outside a table",
    ),
    (
        lambda g: question_of(g, "facts.story").update(when={"question": "facts.name", "equals": "Bo"}),
        "facts.story",
        "cannot be compared",
    ),
    (
        lambda g: step_of(g, "extra").update(when={"question": "facts.colour", "equals": "pink"}),
        "extra",
        "'pink' is no answer to facts.colour",
    ),
    (
        lambda g: step_of(g, "extra").update(when={"question": "facts.mood", "equals": "unknown"}),
        "extra",
        "'unknown' is no answer",
    ),
    (
        lambda g: step_of(g, "extra").update(when={"question": "facts.agreed", "equals": "yes"}),
        "extra",
        "true or false",
    ),
    (
        lambda g: step_of(g, "extra").update(when={"question": "facts.pieces", "equals": "7"}),
        "extra",
        "a whole number",
    ),
    (
        lambda g: step_of(g, "extra").update(when={"question": "facts.name", "at_least": 3}),
        "extra",
        "is no number",
    ),
    (
        lambda g: step_of(g, "extra").update(when={"question": "facts.name", "count": 3}),
        "extra",
        "nothing that can be counted",
    ),
    (
        lambda g: step_of(g, "extra").update(when={"question": "items.items", "count": 0}),
        "extra when count",
        "at least 1",
    ),
    (
        lambda g: step_of(g, "extra").update(
            when={"question": "facts.tools", "count": 1, "where": {"answered": "size"}}
        ),
        "extra",
        "no rows to choose from",
    ),
    (
        lambda g: step_of(g, "items")["rule"][0]["holds"]["where"].update(equals="huge"),
        "items one_large",
        "'huge' is no answer to size",
    ),
    # conditions that can never hold
    (
        lambda g: step_of(g, "extra").update(
            when={
                "and": [
                    {"question": "facts.colour", "equals": "red"},
                    {"question": "facts.colour", "equals": "blue"},
                ]
            }
        ),
        "extra",
        "can never hold",
    ),
    (
        lambda g: step_of(g, "extra").update(when={"question": "facts.tools", "count": 4}),
        "extra",
        "can never hold",
    ),
    (
        lambda g: step_of(g, "extra").update(when={"question": "facts.grade", "at_least": 6}),
        "extra",
        "can never hold",
    ),
    (
        # The price is asked only from ten kilos on.
        lambda g: step_of(g, "extra").update(
            when={"and": [{"answered": "facts.price"}, {"not": {"question": "facts.weight", "at_least": 10}}]}
        ),
        "extra",
        "can never hold",
    ),
    (
        lambda g: question_of(g, "extra.reason").update(
            when={
                "and": [
                    {"question": "facts.colour", "equals": "blue"},
                    {"not": {"question": "facts.grade", "at_least": 4}},
                ]
            }
        ),
        "extra.reason",
        "can never hold",
    ),
    # rules and warnings
    (lambda g: step_of(g, "extra")["warning"][0].update(at="setting2"), "extra unweighed at", "no question"),
    (
        lambda g: step_of(g, "extra")["warning"][0].pop("function"),
        "extra unweighed",
        "either when or function",
    ),
    (
        lambda g: step_of(g, "items")["rule"][0].update(function="unweighed"),
        "items one_large",
        "either holds or function",
    ),
    (
        lambda g: step_of(g, "extra")["warning"][0].update(function="weigh"),
        "extra unweighed function",
        "no rule function 'weigh'",
    ),
    (
        lambda g: step_of(g, "extra")["warning"][0].update(names="colours"),
        "extra unweighed names",
        "no value list 'colours'",
    ),
    (
        lambda g: step_of(g, "extra")["warning"][0].update(limit="many"),
        "extra unweighed limit",
        "expected a number",
    ),
    (lambda g: step_of(g, "extra")["warning"][0].update(limit=-1), "extra unweighed limit", "at least 0"),
    (lambda g: step_of(g, "items")["warning"][0].update(limit=3), "items many_small limit", "unknown key"),
    # steps and paths
    (lambda g: step_of(g, "facts").update(phase="finish"), "items", "order of the phases"),
    (lambda g: g.update(phases=["begin", "middle", "finish"]), "phases", "no step belongs to 'middle'"),
    (lambda g: g["path"].pop(), "path", "exactly one path"),
    (lambda g: g["path"][2].update(depth="standard"), "path", "exactly one path"),
    (lambda g: g["path"][0].update(depth="shallow"), "light depth", "'shallow' is none of"),
    (
        lambda g: g["path"][0]["screen"][0]["questions"].append("facts.nam"),
        "light first",
        "no question 'facts.nam'",
    ),
    (
        lambda g: g["path"][0]["screen"][1]["questions"].append("facts.name"),
        "light numbers",
        "facts.name stands twice on the path",
    ),
    (
        lambda g: g["path"][0]["screen"][0]["questions"].remove("facts.name"),
        "light",
        "facts.name is required, but on no screen",
    ),
    (lambda g: g["path"][0]["screen"][0].update(phase="middle"), "light first phase", "'middle' is none of"),
]


@pytest.mark.parametrize(("broken", "place", "said"), BROKEN, ids=[f"{row[1]}: {row[2]}" for row in BROKEN])
def test_a_broken_guide_is_refused_with_its_place(broken: Break, place: str, said: str) -> None:
    guide = structure()
    broken(guide)
    fault = fault_of(guide)
    assert (fault.file, fault.place) == ("guide.toml", place)
    assert said in str(fault)


def test_a_question_stands_on_a_screen_of_every_path_folded_at_least() -> None:
    guide = structure()
    del guide["path"][0]["screen"][0]["folded"]
    fault = fault_of(guide)
    assert fault.place == "light"
    assert "facts.favourites is on no screen of the path" in str(fault)
    guide["path"][0]["screen"][1]["folded"] = ["facts.favourites", "facts.name"]
    fault = fault_of(guide)
    assert fault.place == "light numbers"
    assert "facts.name stands twice on the path" in str(fault)


def test_what_a_path_requires_is_not_folded() -> None:
    guide = structure()
    first = guide["path"][0]["screen"][0]
    first["questions"].remove("facts.name")
    first["folded"].append("facts.name")
    fault = fault_of(guide)
    assert "facts.name is required, but on no screen of the path" in str(fault)
