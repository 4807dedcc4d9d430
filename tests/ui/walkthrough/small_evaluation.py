"""A small initiative on the light path, as its answers are given on a keyboard, screen by screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from coi_desktop.i18n import current_language
from tests.ui.walkthrough.keyboard import Keyboard


class Step(NamedTuple):
    """What is done at a field, with its name and the answer in Danish and in English.

    Names are what a screen reader says; an English answer that is empty is the Danish one.
    """

    deed: str
    da: str
    en: str
    answer_da: str = ""
    answer_en: str = ""


ABOUT = (
    Step("tick", "Borgere", "Citizens"),
    Step(
        "choose", "Hvorfor evaluerer I? Vælg højst tre, og sæt dem i rækkefølge: nummer 1",
        "Why evaluate? At most three, in order: number 1", "Se, om målet er nået",
        "See whether the goal is reached",
    ),
    Step("answer", "Hvilken beslutning skal svaret bruges til?", "Which decision will the answer serve?",
         "Skal alle grupper med?"),
    Step("answer", "Hvornår træffes den?", "When is it made?", "15-12-2026"),
    Step("choose", "Hvem træffer den?", "Who makes it?", "Leder", "Manager"),
)  # fmt: skip
HOW_MUCH = (
    Step("choose", "Samlet udgift", "Total cost", "Under 100.000 kr.", "Under DKK 100,000"),
    Step("choose", "Berørte personer", "People affected", "25–500"),
    Step("choose", "Hvad kan gå galt?", "What can go wrong?", "Let at rulle tilbage", "Easily undone"),
    Step("choose", "Hvor nyt er det?", "How new is it?", "Tilpasset", "Adapted"),
    Step("choose", "Hvad afhænger af svaret?", "What hangs on it?", "Kun os selv", "Only us"),
    Step("choose", "Er der krav?", "Any requirement?", "Nej", "None"),
    Step("answer", "Timer til evalueringen", "Hours for the evaluation", "8"),
    Step("choose", "Hvem udfører evalueringen?", "Who carries out the evaluation?", "Internt", "Internal"),
)
VALUE = (
    Step("choose", "Effektivitet: Hvor vigtig?", "Efficiency: How important?", "Hovedformål", "Main aim"),
    Step("choose", "Effektivitet: Forventet ændring", "Efficiency: Expected change", "Lidt bedre",
         "Somewhat better"),
    Step("answer", "Hvis vi …", "If we …", "mødes ti minutter hver morgen"),
    Step("answer", "så …", "then …", "kører vi færre forgæves ture"),
    Step("answer", "fordi …", "because …", "ændringer bliver sagt højt"),
)  # fmt: skip
MEASURE = (
    Step("add_row", "Spørgsmål, evalueringen skal svare på", "Questions the evaluation will answer",
         "Kører vi færre forgæves ture?"),
    Step("choose", "Slags · mangler", "Type · missing", "Resultat", "Result"),
    Step("add_row", "Mål for værdien", "Measures of the value", "Forgæves ture om ugen"),
    Step("choose", "Værdi · mangler", "Value kind · missing", "Effektivitet", "Efficiency"),
    Step("choose", "Måleform · mangler", "Form · missing", "Antal", "Count"),
    Step("choose", "Retning · mangler", "Direction · missing", "Ned", "Down"),
    Step("choose", "Hvor sikkert er udgangspunktet? · mangler", "How sure is the baseline? · missing", "Målt",
         "Measured"),
    Step("answer", "Udgangspunkt · mangler", "Baseline · missing", "12"),
    Step("answer", "Dato for udgangspunkt · mangler", "Date of baseline · missing", "2/2 2026"),
    Step("choose", "Hvor fast er målet? · mangler", "Firmness of target · missing",
         "Foreløbigt", "Provisional"),
    Step("answer", "Måltal", "Target", "6"),
    Step("add_first", "Sådan får I svar", "How you get answers"),
    Step("answer", "Hvem eller hvad? · mangler", "Who or what? · missing", "Kørelisten"),
    Step("answer", "Fra · mangler", "From · missing", "2/2 2026"),
)  # fmt: skip
SHOWED = (
    Step("add_first", "Målinger", "Measurements"),
    Step("answer", "Værdi · mangler", "Value · missing", "7"),
    Step("tick", "Intet væsentligt flyttede sig", "Nothing important shifted"),
    Step("choose", "Er økonomi relevant her?", "Is economy relevant here?", "Ja", "Yes"),
    Step("answer", "Engangsudgift", "One-off cost", "18.000,00", "18000"),
    Step("answer", "Årlig driftsudgift", "Running cost a year", "52000"),
    Step("answer", "Årlig gevinst", "Gain a year", "70000"),
    Step("choose", "Hvad slags gevinst?", "What kind of gain?", "Kan tages ud af et budget", "Cashable"),
)
DECIDE = (
    Step("choose", "Kører vi færre forgæves ture?: Kort svar", "Kører vi færre forgæves ture?: Short answer",
         "Delvist", "Partly"),
    Step("choose", "Effektivitet: Vurdering", "Efficiency: Rating", "Lidt bedre", "Somewhat better"),
    Step("answer", "Effektivitet: Begrundelse", "Efficiency: Reason", "Færre forgæves ture"),
    Step("answer", "Konklusionen på én linje", "The conclusion in one line",
         "Fem færre forgæves ture om ugen"),
    Step("answer", "Hvilken værdi gav det, og for hvem?", "Which value, and for whom?",
         "Kollegerne sparer tid"),
    Step("answer", "Hvor sikre er vi?", "How sure are we?", "Ret sikre"),
    Step("answer", "Det vil vi tage med", "What we take along", "Ti minutter er nok"),
    Step("choose", "Besluttet", "Decided", "Justér", "Adjust"),
    Step("answer", "Dato for beslutningen", "Date of the decision", "22-11-2026"),
    Step("choose", "Hvem besluttede?", "Who decided?", "Leder", "Manager"),
    Step("answer", "Begrundelse", "Reason", "Aftenvagten skal med"),
    Step("answer", "Hvornår ser I på den igen?", "When will you look again?", "1. maj 2027", "1 May 2027"),
    Step("answer", "Timer brugt på evalueringen", "Hours used on the evaluation", "9"),
    Step("choose", "Blev svarene brugt?", "Were the answers used?", "Ja", "Yes"),
)  # fmt: skip

SCREENS = (ABOUT, HOW_MUCH, VALUE, MEASURE, SHOWED, DECIDE)


def enter(keys: Keyboard, *screens: Sequence[Step]) -> None:
    """Fill in screens one after the other, from the one that is shown, in the language that is spoken."""
    for number, steps in enumerate(screens):
        if number:
            keys.next_screen()
        for step in steps:
            take(keys, step)


def take(keys: Keyboard, step: Step) -> None:
    """Take one step."""
    is_danish = current_language() == "da"
    name = step.da if is_danish else step.en
    answer = step.answer_da if is_danish else step.answer_en or step.answer_da
    if step.deed == "tick":
        keys.tick(name)
    elif step.deed == "add_first":
        keys.add_chosen_row(name, 1)
    else:
        {"choose": keys.choose, "answer": keys.answer, "add_row": keys.add_row}[step.deed](name, answer)
