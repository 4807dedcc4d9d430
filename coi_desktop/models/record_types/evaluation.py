"""The evaluation and its plan: scope, purpose, value, theory, questions, indicators, design, methods.

Tables and fields follow the minimal record of the evaluation guide; every answer of the walk-through has its
place here, so that changing depth moves nothing.
"""

from __future__ import annotations

from coi_desktop.models.fields import FieldSpec, RecordType
from coi_desktop.models.record_types.building import (
    HOURS,
    PARAGRAPH,
    choice,
    choices,
    day,
    integer,
    long_text,
    moment,
    money,
    number,
    reference,
    text,
    yes_no,
)

IN_EVALUATION = reference("evaluation_id", "Evaluering", "Evaluation", "evaluation")


def single(name: str, da: str, en: str, *fields: FieldSpec) -> RecordType:
    """A record type of which an evaluation has at most one record."""
    return RecordType(name, da, en, (IN_EVALUATION, *fields), parent="evaluation_id", single=True)


def rows(name: str, da: str, en: str, *fields: FieldSpec) -> RecordType:
    """A record type of which an evaluation has any number of records."""
    return RecordType(name, da, en, (IN_EVALUATION, *fields), parent="evaluation_id")


EVALUATION = RecordType(
    "evaluation",
    "Evaluering",
    "Evaluation",
    (
        reference("initiative_id", "Tiltag", "Initiative", "initiative"),
        text("title", "Titel", "Title"),
        reference("based_on", "Bygger på evaluering", "Based on evaluation", "evaluation"),
        choice("depth", "Dybde", "Depth", "evaluation.depth"),
        choice("depth_suggested", "Foreslået dybde", "Suggested depth", "evaluation.depth"),
        text("depth_reason", "Begrundelse for dybde", "Reason for depth"),
        text("position", "Nået til", "Reached", limit=60, shown=False),
        text("guide_version", "Guidens version", "Version of the guide", limit=20, shown=False),
        integer("version", "Version", "Version", shown=False),
        moment("created", "Oprettet", "Created"),
        moment("updated", "Ændret", "Changed"),
    ),
    parent="initiative_id",
)

EVALUATION_VERSION = rows(
    "evaluation_version",
    "Gemt version",
    "Saved version",
    integer("version", "Version", "Version"),
    moment("saved_at", "Gemt", "Saved"),
    text("reason", "Grund", "Reason"),
    long_text("snapshot_json", "Indhold", "Content", limit=0, shown=False),
)

#: Answers to questions that a guide asks beyond the fields there are; in words as well, so that they can be
#: read when a later edition of the guide does not ask any more.
EXTRA_ANSWER = rows(
    "extra_answer",
    "Svar på tilføjet spørgsmål",
    "Answer to an added question",
    text("question_id", "Spørgsmålets id", "Id of the question", limit=120, shown=False),
    text("asked", "Spørgsmål", "Question", limit=300),
    long_text("answer", "Svar", "Answer"),
    long_text("value_json", "Værdi", "Value", limit=0, shown=False),
)

PLAN_TYPES = (
    single(
        "scope",
        "Afgrænsning",
        "Scope",
        long_text("description_now", "Tiltaget, som det er nu", "The initiative as it is now"),
        choice("stage", "Hvor langt er tiltaget nået?", "How far has it come?", "stage"),
        choices("target_groups", "Hvem er det til?", "Who is it for?", "target_group"),
        text("target_groups_own", "Anden målgruppe", "Other target group"),
        day("period_from", "Periode fra", "Period from"),
        day("period_to", "Periode til", "Period to"),
        text("version_label", "Udgave", "Version"),
        text("not_included", "Hvad ser vi ikke på?", "What is left out?"),
    ),
    single(
        "decision_need",
        "Beslutning, svaret skal bruges til",
        "Decision to inform",
        text("decision_to_inform", "Beslutning", "Decision"),
        day("decision_date", "Hvornår træffes den?", "When is it made?"),
        yes_no("no_date_yet", "Ingen dato endnu", "No date yet"),
        choice("decision_forum", "Hvem træffer den?", "Who makes it?", "decision_forum"),
        long_text("if_negative", "Hvad gør I, hvis svaret er nej?", "What will you do if the answer is no?"),
    ),
    rows(
        "purpose",
        "Formål",
        "Purpose",
        choice("code", "Formål", "Purpose", "purpose"),
        integer("rank", "Rækkefølge", "Order"),
    ),
    rows(
        "requirement",
        "Krav fra andre",
        "Requirement",
        text("who", "Hvem", "Who"),
        text("what", "Hvad", "What"),
        day("due", "Frist", "Due"),
    ),
    rows(
        "audience",
        "Bruger af svarene",
        "Audience",
        text("role", "Rolle", "Role"),
        choice("group_code", "Gruppe", "Group", "audience.group"),
        text("needs", "Hvad skal de vide?", "What do they need to know?"),
        choice("uses_for", "Bruges til", "Used for", "audience.uses_for"),
        day("needed_by", "Senest", "Needed by"),
        choice("format", "Form", "Format", "audience.format"),
        choice("part", "Del", "Part", "audience.part"),
        integer("influence", "Indflydelse", "Influence"),
        integer("interest", "Interesse", "Interest"),
    ),
    single(
        "proportion",
        "Hvor meget evaluering er nok?",
        "How much evaluation is enough?",
        choice("cost", "Samlet udgift", "Total cost", "proportion.cost"),
        choice("reach", "Berørte personer", "People affected", "proportion.reach"),
        choice("risk", "Hvad kan gå galt?", "What can go wrong?", "proportion.risk"),
        choice("uncertainty", "Hvor nyt er det?", "How new is it?", "proportion.uncertainty"),
        choice("stakes", "Hvad afhænger af svaret?", "What hangs on it?", "proportion.stakes"),
        choice("requirement", "Er der krav?", "Any requirement?", "proportion.requirement"),
        number("hours", "Timer til evalueringen", "Hours for the evaluation", unit=HOURS),
        money("budget", "Budget til evalueringen", "Budget for the evaluation"),
        choice("skills", "Erfaring", "Skills", "proportion.skills"),
        choice("carried_out_by", "Hvem udfører den?", "Carried out by", "carried_out_by"),
    ),
    rows(
        "value_expect",
        "Forventet værdi",
        "Expected value",
        choice("kind", "Værdi", "Value kind", "value_kind"),
        choice("importance", "Vægt", "Importance", "importance"),
        choices("for_whom", "For hvem?", "For whom?", "target_group"),
        choice("expected", "Forventet ændring", "Expected change", "expected_change"),
        text("downside", "Hvad kan blive værre, og for hvem?", "What may get worse, and for whom?"),
    ),
    single(
        "theory",
        "Tanken bag",
        "The idea behind it",
        text("if_we", "Hvis vi …", "If we …", limit=PARAGRAPH),
        text("then", "så …", "then …", limit=PARAGRAPH),
        text("because", "fordi …", "because …", limit=PARAGRAPH),
        long_text(
            "context", "Hvad uden for jeres kontrol betyder noget?", "What outside your control matters?"
        ),
    ),
    rows(
        "theory_node",
        "Boks i forandringsteorien",
        "Box of the theory of change",
        choice("level", "Led", "Level", "theory_level"),
        text("text", "Tekst", "Text"),
        integer("sort", "Rækkefølge", "Order"),
    ),
    RecordType(
        "theory_link",
        "Pil i forandringsteorien",
        "Arrow of the theory of change",
        (
            reference("from_id", "Fra", "From", "theory_node"),
            reference("to_id", "Til", "To", "theory_node", required=True),
        ),
        parent="from_id",
    ),
    rows(
        "assumption",
        "Antagelse",
        "Assumption",
        text("text", "Antagelse", "Assumption"),
        reference("link_id", "Pil", "Arrow", "theory_link"),
        choice("certainty", "Sikkerhed", "Certainty", "assumption_certainty"),
        text("check", "Hvordan undersøges den?", "How to check"),
    ),
    rows(
        "question",
        "Det, vi vil vide",
        "Question",
        text("text", "Spørgsmål", "Question"),
        choice("type", "Type", "Type", "question_type"),
        choice("priority", "Prioritet", "Priority", "question_priority"),
        choice("kind", "Værdi", "Value kind", "value_kind"),
        choice("purpose_code", "Formål", "Purpose", "purpose"),
        text(
            "changes_what",
            "Hvilket svar ville ændre beslutningen?",
            "Which answer would change the decision?",
        ),
    ),
    rows(
        "indicator",
        "Indikator",
        "Indicator",
        reference("question_id", "Besvarer", "Answers", "question"),
        text("catalog_key", "Fra kataloget", "From the catalogue", limit=60, shown=False),
        text("name", "Hvad måler vi?", "What do we measure?"),
        choice("kind", "Værdi", "Value kind", "value_kind"),
        choice("for_whom", "For hvem?", "For whom?", "target_group"),
        choice("measure", "Måleform", "Form", "measure"),
        text("unit", "Enhed", "Unit", limit=40),
        choice("direction", "Retning", "Direction", "direction"),
        number("tolerance", "Tolerance", "Tolerance"),
        choice(
            "summing",
            "Giver det mening at lægge tallene sammen?",
            "Does it make sense to add the numbers up?",
            "summing",
        ),
        choice("counts", "Antallet tæller", "The number counts", "counts"),
        text("breakdown", "Deles op efter", "Broken down by", limit=60),
        choice("goal_status", "Hvor fast er målet?", "Firmness of target", "goal_status"),
        number("baseline", "Udgangspunkt", "Baseline"),
        integer("baseline_n", "Antal bag udgangspunktet", "Number behind the baseline"),
        number("baseline_sd", "Spredning ved udgangspunktet", "Standard deviation at the baseline"),
        day("baseline_date", "Dato for udgangspunkt", "Date of baseline"),
        choice("baseline_status", "Hvor sikkert?", "How sure?", "baseline_status"),
        text("baseline_source", "Kilde til udgangspunkt", "Source of baseline"),
        number("target_low", "Måltal, forsigtigt", "Target, cautious"),
        number("target_likely", "Måltal", "Target"),
        number("target_high", "Måltal, optimistisk", "Target, optimistic"),
        day("target_date", "Måldato", "Target date"),
        choice("frequency", "Hyppighed", "Frequency", "frequency"),
        text("owner_role", "Ansvarlig rolle", "Responsible role"),
        yes_no("early_sign", "Tidligt tegn?", "Early sign?"),
        choice("sign_status", "Tegn sat ved skøn", "Sign set by judgement", "sign_status"),
        text("sign_reason", "Begrundelse for tegn", "Reason for the sign"),
    ),
    single(
        "design",
        "Sammenlignet med hvad?",
        "Compared with what?",
        choice("code", "Sammenligning", "Comparison", "design"),
        yes_no(
            "staggered",
            "Begynder flere enheder på hver sin tid?",
            "Do several units start at different times?",
        ),
        text("group_desc", "Sammenligningsgruppe", "Comparison group"),
        text("why_comparable", "Hvorfor kan de sammenlignes?", "Why comparable?", limit=PARAGRAPH),
        long_text(
            "counterfactual",
            "Hvad ville der være sket uden tiltaget?",
            "What would have happened without it?",
        ),
        choices("rivals", "Hvad kunne ellers forklare ændringen?", "What else could explain it?", "rival"),
    ),
    single(
        "method_need",
        "Forhold, der afgør metoden",
        "Conditions for the choice of method",
        choices("conditions", "Hvad passer på jer?", "What holds for you?", "method_condition"),
        integer("people", "Hvor mange kan I spørge eller følge?", "How many can you ask or follow?"),
    ),
    rows(
        "method_use",
        "Metode",
        "Method",
        choice("method", "Metode", "Method", "method"),
        text("participants", "Hvem eller hvad?", "Who or what?"),
        integer("expected_n", "Forventet antal", "Expected number"),
        day("from_date", "Fra", "From"),
        day("to_date", "Til", "To"),
        number("hours", "Timer", "Hours", unit=HOURS),
        text("owner_role", "Ansvarlig rolle", "Responsible role"),
        choice("personal_data", "Personoplysninger", "Personal data", "personal_data"),
        choice("legal_state", "Jura", "Legal", "legal_state"),
        choice("status", "Status", "Status", "method_status"),
        text("dropped_reason", "Hvorfor droppet?", "Why dropped?"),
    ),
    RecordType(
        "method_question",
        "Spørgsmål, metoden besvarer",
        "Question answered by a method",
        (
            reference("method_use_id", "Metode", "Method", "method_use"),
            reference("question_id", "Spørgsmål", "Question", "question"),
        ),
        parent="method_use_id",
    ),
)
