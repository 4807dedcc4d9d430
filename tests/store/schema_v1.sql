PRAGMA application_id = 1129269572;

PRAGMA user_version = 1;

CREATE TABLE "register" (
    "one" INTEGER PRIMARY KEY CHECK ("one" = 1),
    "uuid" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "stamp" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "checksum" INTEGER NOT NULL
) STRICT;

CREATE TABLE "step" (
    "revision" INTEGER PRIMARY KEY,
    "at" TEXT NOT NULL,
    "since" TEXT NOT NULL,
    "op" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "target" INTEGER,
    "merge_key" TEXT,
    "checksum" INTEGER NOT NULL
) STRICT;

CREATE TABLE "change" (
    "row" INTEGER PRIMARY KEY,
    "revision" INTEGER NOT NULL REFERENCES "step" ("revision") ON DELETE CASCADE,
    "record" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "checksum" INTEGER NOT NULL
) STRICT;

CREATE TABLE "erasure" (
    "row" INTEGER PRIMARY KEY,
    "at" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "words" INTEGER NOT NULL,
    "first" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "checksum" INTEGER NOT NULL
) STRICT;

CREATE INDEX "change_by_revision" ON "change" ("revision");

CREATE INDEX "change_by_key" ON "change" ("key");

CREATE INDEX "change_dropped" ON "change" ("record", "revision") WHERE "after" IS NULL;

CREATE INDEX "step_by_state" ON "step" ("kind", "state", "revision");

CREATE TABLE "unit" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "name" TEXT,
    "organisation" TEXT,
    "contact_role" TEXT,
    "sample" INTEGER,
    "checksum" INTEGER NOT NULL
) STRICT;

CREATE TABLE "phase" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "key" TEXT NOT NULL,
    "da" TEXT NOT NULL,
    "en" TEXT,
    "place" INTEGER,
    "stage" TEXT,
    "product_da" TEXT,
    "product_en" TEXT,
    "checklist_da" TEXT,
    "checklist_en" TEXT,
    "checksum" INTEGER NOT NULL
) STRICT;

CREATE TABLE "person" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "name" TEXT NOT NULL,
    "role" TEXT,
    "organisation" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "basis" TEXT,
    "may_contact" INTEGER,
    "review_date" TEXT,
    "note" TEXT,
    "name_sort" TEXT,
    "parts_folded" TEXT NOT NULL DEFAULT '',
    "checksum" INTEGER NOT NULL
) STRICT;

CREATE TABLE "view" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "name" TEXT NOT NULL,
    "shape" TEXT,
    "search" TEXT,
    "filters" TEXT,
    "columns" TEXT,
    "sort" TEXT,
    "grouping" TEXT,
    "place" INTEGER,
    "checksum" INTEGER NOT NULL
) STRICT;

CREATE TABLE "rate_set" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "key" TEXT NOT NULL,
    "da" TEXT NOT NULL,
    "en" TEXT,
    "source" TEXT,
    "date" TEXT,
    "checksum" INTEGER NOT NULL
) STRICT;

CREATE TABLE "rate_band" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "rate_set_id" TEXT NOT NULL,
    "from_year" INTEGER,
    "rate" TEXT,
    "confirmed" INTEGER,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("rate_set_id") REFERENCES "rate_set" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "rate_band_by_rate_set_id" ON "rate_band" ("rate_set_id");

CREATE TABLE "initiative" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "number" INTEGER,
    "title" TEXT NOT NULL,
    "problem" TEXT,
    "solution" TEXT,
    "description" TEXT,
    "target_group" TEXT,
    "field" TEXT,
    "department" TEXT,
    "owner" TEXT,
    "leader" TEXT,
    "phase" TEXT,
    "status" TEXT,
    "status_reason" TEXT,
    "status_since" TEXT,
    "phase_since" TEXT,
    "outcome" TEXT,
    "outcome_reason" TEXT,
    "lesson" TEXT,
    "stage" TEXT,
    "start" TEXT,
    "planned_end" TEXT,
    "baseline_end" TEXT,
    "budget" TEXT,
    "baseline_budget" TEXT,
    "spent" TEXT,
    "forecast" TEXT,
    "funding" TEXT,
    "strategic_goal" TEXT,
    "innovation_type" TEXT,
    "novelty" TEXT,
    "value_kinds" TEXT,
    "status_text" TEXT,
    "next_milestone" TEXT,
    "next_date" TEXT,
    "journal_number" TEXT,
    "confidentiality" TEXT,
    "origin" TEXT,
    "external_source" TEXT,
    "external_id" TEXT,
    "confirmed" TEXT,
    "created" TEXT,
    "updated" TEXT,
    "title_sort" TEXT,
    "department_sort" TEXT,
    "owner_sort" TEXT,
    "leader_sort" TEXT,
    "parts_folded" TEXT NOT NULL DEFAULT '',
    "checksum" INTEGER NOT NULL
) STRICT;

CREATE INDEX "initiative_by_owner" ON "initiative" ("owner");

CREATE INDEX "initiative_by_leader" ON "initiative" ("leader");

CREATE INDEX "initiative_by_title" ON "initiative" ("title_sort");

CREATE INDEX "initiative_lean" ON "initiative" ("row", "id", "number", "field", "phase", "status", "status_since", "phase_since", "outcome", "stage", "start", "planned_end", "baseline_end", "budget", "baseline_budget", "spent", "forecast", "innovation_type", "novelty", "value_kinds", "next_date", "confidentiality", "confirmed", "created", "updated", "title_sort", "department_sort", "owner_sort", "leader_sort");

CREATE INDEX "initiative_parts" ON "initiative" ("row", "parts_folded");

CREATE VIRTUAL TABLE "initiative_search" USING fts5(words, detail=none, columnsize=0, prefix='1 2 3 4 5 6 7 8', tokenize='ascii');

CREATE TABLE "tag" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "initiative_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_sort" TEXT,
    "parts_folded" TEXT NOT NULL DEFAULT '',
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("initiative_id") REFERENCES "initiative" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "tag_by_initiative_id" ON "tag" ("initiative_id");

CREATE TABLE "partner" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "initiative_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT,
    "role" TEXT,
    "parts_folded" TEXT NOT NULL DEFAULT '',
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("initiative_id") REFERENCES "initiative" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "partner_by_initiative_id" ON "partner" ("initiative_id");

CREATE TABLE "initiative_link" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "initiative_id" TEXT NOT NULL,
    "kind" TEXT,
    "other_id" TEXT NOT NULL,
    "note" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("initiative_id") REFERENCES "initiative" ("id") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("other_id") REFERENCES "initiative" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "initiative_link_by_initiative_id" ON "initiative_link" ("initiative_id");

CREATE INDEX "initiative_link_by_other_id" ON "initiative_link" ("other_id");

CREATE TABLE "gate" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "initiative_id" TEXT NOT NULL,
    "phase" TEXT,
    "checked" TEXT,
    "decision" TEXT,
    "decided_by" TEXT,
    "date" TEXT,
    "reason" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("initiative_id") REFERENCES "initiative" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "gate_by_initiative_id" ON "gate" ("initiative_id");

CREATE INDEX "gate_by_decided_by" ON "gate" ("decided_by");

CREATE VIRTUAL TABLE "gate_search" USING fts5(words, detail=none, columnsize=0, prefix='1 2 3 4 5 6 7 8', tokenize='ascii');

CREATE TABLE "not_duplicate" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "initiative_id" TEXT NOT NULL,
    "other_id" TEXT NOT NULL,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("initiative_id") REFERENCES "initiative" ("id") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("other_id") REFERENCES "initiative" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "not_duplicate_by_initiative_id" ON "not_duplicate" ("initiative_id");

CREATE INDEX "not_duplicate_by_other_id" ON "not_duplicate" ("other_id");

CREATE TABLE "reminder_choice" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "initiative_id" TEXT NOT NULL,
    "kind" TEXT,
    "subject_id" TEXT,
    "about" TEXT,
    "until" TEXT,
    "dismissed" INTEGER,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("initiative_id") REFERENCES "initiative" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "reminder_choice_by_initiative_id" ON "reminder_choice" ("initiative_id");

CREATE TABLE "risk" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "initiative_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "probability" TEXT,
    "consequence" TEXT,
    "action" TEXT,
    "owner" TEXT,
    "due" TEXT,
    "parts_folded" TEXT NOT NULL DEFAULT '',
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("initiative_id") REFERENCES "initiative" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "risk_by_initiative_id" ON "risk" ("initiative_id");

CREATE INDEX "risk_by_owner" ON "risk" ("owner");

CREATE INDEX "risk_lean" ON "risk" ("row", "id", "initiative_id", "probability", "consequence", "due");

CREATE INDEX "risk_parts" ON "risk" ("row", "parts_folded");

CREATE VIRTUAL TABLE "risk_search" USING fts5(words, detail=none, columnsize=0, prefix='1 2 3 4 5 6 7 8', tokenize='ascii');

CREATE TABLE "status_report" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "initiative_id" TEXT NOT NULL,
    "date" TEXT,
    "period" TEXT,
    "overall" TEXT,
    "reason" TEXT,
    "time" TEXT,
    "cost" TEXT,
    "benefit" TEXT,
    "risk" TEXT,
    "suggested" TEXT,
    "done" TEXT,
    "next" TEXT,
    "decision_needed" TEXT,
    "changes" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("initiative_id") REFERENCES "initiative" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "status_report_by_initiative_id" ON "status_report" ("initiative_id");

CREATE VIRTUAL TABLE "status_report_search" USING fts5(words, detail=none, columnsize=0, prefix='1 2 3 4 5 6 7 8', tokenize='ascii');

CREATE TABLE "own_field" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "da" TEXT NOT NULL,
    "en" TEXT,
    "kind" TEXT,
    "section" TEXT,
    "unit" TEXT,
    "place" INTEGER,
    "checksum" INTEGER NOT NULL
) STRICT;

CREATE TABLE "own_value" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "initiative_id" TEXT NOT NULL,
    "own_field_id" TEXT NOT NULL,
    "value" TEXT,
    "value_sort" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("initiative_id") REFERENCES "initiative" ("id") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("own_field_id") REFERENCES "own_field" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE UNIQUE INDEX "own_value_by_initiative_id_and_own_field_id" ON "own_value" ("initiative_id", "own_field_id");

CREATE INDEX "own_value_by_own_field_id" ON "own_value" ("own_field_id");

CREATE VIRTUAL TABLE "own_value_search" USING fts5(words, detail=none, columnsize=0, prefix='1 2 3 4 5 6 7 8', tokenize='ascii');

CREATE TABLE "choice_value" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "list" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "da" TEXT NOT NULL,
    "en" TEXT,
    "place" INTEGER,
    "retired" INTEGER,
    "colour" TEXT,
    "checksum" INTEGER NOT NULL
) STRICT;

CREATE TABLE "method_estimate" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "method" TEXT,
    "hours" TEXT,
    "time" TEXT,
    "checksum" INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX "method_estimate_by_method" ON "method_estimate" ("method");

CREATE TABLE "evaluation" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "initiative_id" TEXT NOT NULL,
    "title" TEXT,
    "based_on" TEXT,
    "depth" TEXT,
    "depth_suggested" TEXT,
    "depth_reason" TEXT,
    "position" TEXT,
    "guide_version" TEXT,
    "version" INTEGER,
    "created" TEXT,
    "updated" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("initiative_id") REFERENCES "initiative" ("id") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("based_on") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "evaluation_by_initiative_id" ON "evaluation" ("initiative_id");

CREATE INDEX "evaluation_by_based_on" ON "evaluation" ("based_on");

CREATE TABLE "evaluation_version" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "version" INTEGER,
    "saved_at" TEXT,
    "reason" TEXT,
    "snapshot_json" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "evaluation_version_by_evaluation_id" ON "evaluation_version" ("evaluation_id");

CREATE TABLE "extra_answer" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "question_id" TEXT,
    "asked" TEXT,
    "answer" TEXT,
    "value_json" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "extra_answer_by_evaluation_id" ON "extra_answer" ("evaluation_id");

CREATE TABLE "scope" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "description_now" TEXT,
    "stage" TEXT,
    "target_groups" TEXT,
    "target_groups_own" TEXT,
    "period_from" TEXT,
    "period_to" TEXT,
    "version_label" TEXT,
    "not_included" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE UNIQUE INDEX "scope_by_evaluation_id" ON "scope" ("evaluation_id");

CREATE TABLE "decision_need" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "decision_to_inform" TEXT,
    "decision_date" TEXT,
    "no_date_yet" INTEGER,
    "decision_forum" TEXT,
    "if_negative" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE UNIQUE INDEX "decision_need_by_evaluation_id" ON "decision_need" ("evaluation_id");

CREATE TABLE "purpose" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "code" TEXT,
    "rank" INTEGER,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "purpose_by_evaluation_id" ON "purpose" ("evaluation_id");

CREATE TABLE "requirement" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "who" TEXT,
    "what" TEXT,
    "due" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "requirement_by_evaluation_id" ON "requirement" ("evaluation_id");

CREATE TABLE "audience" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "role" TEXT,
    "group_code" TEXT,
    "needs" TEXT,
    "uses_for" TEXT,
    "needed_by" TEXT,
    "format" TEXT,
    "part" TEXT,
    "influence" INTEGER,
    "interest" INTEGER,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "audience_by_evaluation_id" ON "audience" ("evaluation_id");

CREATE TABLE "proportion" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "cost" TEXT,
    "reach" TEXT,
    "risk" TEXT,
    "uncertainty" TEXT,
    "stakes" TEXT,
    "requirement" TEXT,
    "hours" TEXT,
    "budget" TEXT,
    "skills" TEXT,
    "carried_out_by" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE UNIQUE INDEX "proportion_by_evaluation_id" ON "proportion" ("evaluation_id");

CREATE TABLE "value_expect" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "kind" TEXT,
    "importance" TEXT,
    "for_whom" TEXT,
    "expected" TEXT,
    "downside" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "value_expect_by_evaluation_id" ON "value_expect" ("evaluation_id");

CREATE TABLE "theory" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "if_we" TEXT,
    "then" TEXT,
    "because" TEXT,
    "context" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE UNIQUE INDEX "theory_by_evaluation_id" ON "theory" ("evaluation_id");

CREATE TABLE "theory_node" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "level" TEXT,
    "text" TEXT,
    "sort" INTEGER,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "theory_node_by_evaluation_id" ON "theory_node" ("evaluation_id");

CREATE TABLE "theory_link" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "from_id" TEXT NOT NULL,
    "to_id" TEXT NOT NULL,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("from_id") REFERENCES "theory_node" ("id") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("to_id") REFERENCES "theory_node" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "theory_link_by_from_id" ON "theory_link" ("from_id");

CREATE INDEX "theory_link_by_to_id" ON "theory_link" ("to_id");

CREATE TABLE "assumption" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "text" TEXT,
    "link_id" TEXT,
    "certainty" TEXT,
    "check" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("link_id") REFERENCES "theory_link" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "assumption_by_evaluation_id" ON "assumption" ("evaluation_id");

CREATE INDEX "assumption_by_link_id" ON "assumption" ("link_id");

CREATE TABLE "question" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "text" TEXT,
    "type" TEXT,
    "priority" TEXT,
    "kind" TEXT,
    "purpose_code" TEXT,
    "changes_what" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "question_by_evaluation_id" ON "question" ("evaluation_id");

CREATE TABLE "indicator" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "question_id" TEXT,
    "catalog_key" TEXT,
    "name" TEXT,
    "kind" TEXT,
    "for_whom" TEXT,
    "measure" TEXT,
    "unit" TEXT,
    "direction" TEXT,
    "tolerance" TEXT,
    "summing" TEXT,
    "counts" TEXT,
    "breakdown" TEXT,
    "goal_status" TEXT,
    "baseline" TEXT,
    "baseline_n" INTEGER,
    "baseline_sd" TEXT,
    "baseline_date" TEXT,
    "baseline_status" TEXT,
    "baseline_source" TEXT,
    "target_low" TEXT,
    "target_likely" TEXT,
    "target_high" TEXT,
    "target_date" TEXT,
    "frequency" TEXT,
    "owner_role" TEXT,
    "early_sign" INTEGER,
    "sign_status" TEXT,
    "sign_reason" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("question_id") REFERENCES "question" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "indicator_by_evaluation_id" ON "indicator" ("evaluation_id");

CREATE INDEX "indicator_by_question_id" ON "indicator" ("question_id");

CREATE TABLE "design" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "code" TEXT,
    "staggered" INTEGER,
    "group_desc" TEXT,
    "why_comparable" TEXT,
    "counterfactual" TEXT,
    "rivals" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE UNIQUE INDEX "design_by_evaluation_id" ON "design" ("evaluation_id");

CREATE TABLE "method_need" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "conditions" TEXT,
    "people" INTEGER,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE UNIQUE INDEX "method_need_by_evaluation_id" ON "method_need" ("evaluation_id");

CREATE TABLE "method_use" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "method" TEXT,
    "participants" TEXT,
    "expected_n" INTEGER,
    "from_date" TEXT,
    "to_date" TEXT,
    "hours" TEXT,
    "owner_role" TEXT,
    "personal_data" TEXT,
    "legal_state" TEXT,
    "status" TEXT,
    "dropped_reason" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "method_use_by_evaluation_id" ON "method_use" ("evaluation_id");

CREATE TABLE "method_question" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "method_use_id" TEXT NOT NULL,
    "question_id" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("method_use_id") REFERENCES "method_use" ("id") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("question_id") REFERENCES "question" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "method_question_by_method_use_id" ON "method_question" ("method_use_id");

CREATE INDEX "method_question_by_question_id" ON "method_question" ("question_id");

CREATE TABLE "measurement" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "indicator_id" TEXT NOT NULL,
    "date" TEXT,
    "value" TEXT,
    "n" INTEGER,
    "response_rate" TEXT,
    "sd" TEXT,
    "series" TEXT,
    "subgroup" TEXT,
    "quality" TEXT,
    "source" TEXT,
    "note" TEXT,
    "distribution" TEXT,
    "paired_n" INTEGER,
    "paired_mean" TEXT,
    "paired_sd" TEXT,
    "paired_kept" INTEGER,
    "paired_gained" INTEGER,
    "paired_lost" INTEGER,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("indicator_id") REFERENCES "indicator" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "measurement_by_indicator_id" ON "measurement" ("indicator_id");

CREATE TABLE "finding" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "date" TEXT,
    "method_use_id" TEXT,
    "group_code" TEXT,
    "place" TEXT,
    "text" TEXT,
    "theme" TEXT,
    "sign" TEXT,
    "expected" INTEGER,
    "strength" TEXT,
    "quote_ok" INTEGER,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("method_use_id") REFERENCES "method_use" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "finding_by_evaluation_id" ON "finding" ("evaluation_id");

CREATE INDEX "finding_by_method_use_id" ON "finding" ("method_use_id");

CREATE TABLE "change_log" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "date" TEXT,
    "kind" TEXT,
    "what" TEXT,
    "why" TEXT,
    "consequence" TEXT,
    "decided_by_role" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "change_log_by_evaluation_id" ON "change_log" ("evaluation_id");

CREATE TABLE "change_none" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "ticked_at" TEXT,
    "ticked" INTEGER,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE UNIQUE INDEX "change_none_by_evaluation_id" ON "change_none" ("evaluation_id");

CREATE TABLE "econ_setting" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "applies" TEXT,
    "skip_reason" TEXT,
    "one_off" TEXT,
    "running_per_year" TEXT,
    "gain_per_year" TEXT,
    "gain_class" TEXT,
    "years" INTEGER,
    "perspective" TEXT,
    "price_year" INTEGER,
    "horizon" INTEGER,
    "include_capacity" INTEGER,
    "rate_set" TEXT,
    "outcomes" TEXT,
    "outcome_name" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE UNIQUE INDEX "econ_setting_by_evaluation_id" ON "econ_setting" ("evaluation_id");

CREATE TABLE "cost" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "category" TEXT,
    "text" TEXT,
    "year" INTEGER,
    "recurs" TEXT,
    "until_year" INTEGER,
    "hours" TEXT,
    "rate" TEXT,
    "rate_source" TEXT,
    "low" TEXT,
    "likely" TEXT,
    "high" TEXT,
    "realised" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "cost_by_evaluation_id" ON "cost" ("evaluation_id");

CREATE TABLE "benefit" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "initiative_id" TEXT NOT NULL,
    "evaluation_id" TEXT,
    "indicator_id" TEXT,
    "class" TEXT,
    "kind" TEXT,
    "text" TEXT,
    "year" INTEGER,
    "recurs" TEXT,
    "until_year" INTEGER,
    "low" TEXT,
    "likely" TEXT,
    "high" TEXT,
    "hours" TEXT,
    "rate" TEXT,
    "rate_source" TEXT,
    "realised" TEXT,
    "how_measured" TEXT,
    "certainty" TEXT,
    "owner_role" TEXT,
    "precondition" TEXT,
    "follow_up" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("initiative_id") REFERENCES "initiative" ("id") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("indicator_id") REFERENCES "indicator" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "benefit_by_initiative_id" ON "benefit" ("initiative_id");

CREATE INDEX "benefit_by_evaluation_id" ON "benefit" ("evaluation_id");

CREATE INDEX "benefit_by_indicator_id" ON "benefit" ("indicator_id");

CREATE TABLE "answer" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "question_id" TEXT NOT NULL,
    "short" TEXT,
    "text" TEXT,
    "agreement" TEXT,
    "confidence" TEXT,
    "strength" TEXT,
    "quality" TEXT,
    "transfer" TEXT,
    "rivals_checked" TEXT,
    "differs_for" TEXT,
    "theory_state" TEXT,
    "new_insight" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("question_id") REFERENCES "question" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE UNIQUE INDEX "answer_by_question_id" ON "answer" ("question_id");

CREATE TABLE "answer_source" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "answer_id" TEXT NOT NULL,
    "measurement_id" TEXT,
    "finding_id" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("answer_id") REFERENCES "answer" ("id") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("measurement_id") REFERENCES "measurement" ("id") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("finding_id") REFERENCES "finding" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "answer_source_by_answer_id" ON "answer_source" ("answer_id");

CREATE INDEX "answer_source_by_measurement_id" ON "answer_source" ("measurement_id");

CREATE INDEX "answer_source_by_finding_id" ON "answer_source" ("finding_id");

CREATE TABLE "judgement" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "kind" TEXT,
    "rating" TEXT,
    "reason" TEXT,
    "side_effect" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "judgement_by_evaluation_id" ON "judgement" ("evaluation_id");

CREATE TABLE "evidence" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "level_auto" INTEGER,
    "level_set" INTEGER,
    "reason" TEXT,
    "guide_written" TEXT,
    "unit_cost" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE UNIQUE INDEX "evidence_by_evaluation_id" ON "evidence" ("evaluation_id");

CREATE TABLE "other_site" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "place" TEXT,
    "year" INTEGER,
    "same_direction" INTEGER,
    "source" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "other_site_by_evaluation_id" ON "other_site" ("evaluation_id");

CREATE TABLE "conclusion" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "headline" TEXT,
    "value_for_whom" TEXT,
    "conditions" TEXT,
    "what_it_takes" TEXT,
    "how_sure" TEXT,
    "limits" TEXT,
    "lesson1" TEXT,
    "lesson2" TEXT,
    "lesson3" TEXT,
    "differently" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE UNIQUE INDEX "conclusion_by_evaluation_id" ON "conclusion" ("evaluation_id");

CREATE TABLE "eval_decision" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "recommended" TEXT,
    "decided" TEXT,
    "date" TEXT,
    "forum" TEXT,
    "reason" TEXT,
    "conditions" TEXT,
    "review_date" TEXT,
    "carry_on" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE UNIQUE INDEX "eval_decision_by_evaluation_id" ON "eval_decision" ("evaluation_id");

CREATE TABLE "action" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "text" TEXT,
    "owner_role" TEXT,
    "due" TEXT,
    "state" TEXT,
    "indicator_id" TEXT,
    "benefit_id" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("indicator_id") REFERENCES "indicator" ("id") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("benefit_id") REFERENCES "benefit" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "action_by_evaluation_id" ON "action" ("evaluation_id");

CREATE INDEX "action_by_indicator_id" ON "action" ("indicator_id");

CREATE INDEX "action_by_benefit_id" ON "action" ("benefit_id");

CREATE TABLE "share" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "audience" TEXT,
    "message" TEXT,
    "channel" TEXT,
    "date" TEXT,
    "done" INTEGER,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "share_by_evaluation_id" ON "share" ("evaluation_id");

CREATE TABLE "reuse" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "context" TEXT,
    "cost" TEXT,
    "time" TEXT,
    "skills" TEXT,
    "pitfalls" TEXT,
    "contact_role" TEXT,
    "willing" TEXT,
    "willing_reason" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE UNIQUE INDEX "reuse_by_evaluation_id" ON "reuse" ("evaluation_id");

CREATE TABLE "meta" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "evaluation_id" TEXT NOT NULL,
    "hours_used" TEXT,
    "cost_used" TEXT,
    "used" TEXT,
    "most_useful" TEXT,
    "skip_next" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("evaluation_id") REFERENCES "evaluation" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE UNIQUE INDEX "meta_by_evaluation_id" ON "meta" ("evaluation_id");

CREATE TABLE "attachment" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "initiative_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "file_name" TEXT,
    "media_type" TEXT,
    "size" INTEGER,
    "sha256" TEXT,
    "note" TEXT,
    "measurement_id" TEXT,
    "newer_id" TEXT,
    "added" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("initiative_id") REFERENCES "initiative" ("id") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("measurement_id") REFERENCES "measurement" ("id") DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY ("newer_id") REFERENCES "attachment" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "attachment_by_initiative_id" ON "attachment" ("initiative_id");

CREATE INDEX "attachment_by_measurement_id" ON "attachment" ("measurement_id");

CREATE INDEX "attachment_by_newer_id" ON "attachment" ("newer_id");

CREATE VIRTUAL TABLE "attachment_search" USING fts5(words, detail=none, columnsize=0, prefix='1 2 3 4 5 6 7 8', tokenize='ascii');

CREATE TABLE "case" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "title" TEXT NOT NULL,
    "pitch" TEXT,
    "organisation" TEXT,
    "level" TEXT,
    "unit" TEXT,
    "contact_public" TEXT,
    "contact_role" TEXT,
    "field" TEXT,
    "innovation_type" TEXT,
    "problem" TEXT,
    "target_group" TEXT,
    "evidence_of_need" TEXT,
    "solution" TEXT,
    "how_it_works" TEXT,
    "before_after_day" TEXT,
    "novelty" TEXT,
    "source_case" TEXT,
    "started_by" TEXT,
    "driver" TEXT,
    "user_involvement" TEXT,
    "stage" TEXT,
    "hours_dev" TEXT,
    "hours_intro" TEXT,
    "purchase" TEXT,
    "yearly_cost" TEXT,
    "saved" TEXT,
    "price_year" INTEGER,
    "skills" TEXT,
    "it" TEXT,
    "data" TEXT,
    "rules" TEXT,
    "space" TEXT,
    "supplier" TEXT,
    "evaluation_kind" TEXT,
    "evidence_level" INTEGER,
    "negative_effects" TEXT,
    "helped" TEXT,
    "hindered" TEXT,
    "failures" TEXT,
    "would_do_differently" TEXT,
    "conditions_for_success" TEXT,
    "reuse_degree" TEXT,
    "offer" TEXT,
    "rights" TEXT,
    "licence" TEXT,
    "supplier_terms" TEXT,
    "gdpr_note" TEXT,
    "image_consent" TEXT,
    "visibility" TEXT,
    "completeness" INTEGER,
    "last_checked" TEXT,
    "review_due" TEXT,
    "extra" TEXT,
    "parent_uuid" TEXT,
    "revision" INTEGER,
    "initiative_id" TEXT,
    "origin" TEXT,
    "sender_id" TEXT,
    "sender" TEXT,
    "pack_id" TEXT,
    "pack_level" TEXT,
    "imported" TEXT,
    "filled_digest" TEXT,
    "shared_digest" TEXT,
    "created" TEXT,
    "updated" TEXT,
    "title_sort" TEXT,
    "organisation_sort" TEXT,
    "parts_folded" TEXT NOT NULL DEFAULT '',
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("initiative_id") REFERENCES "initiative" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "case_by_initiative_id" ON "case" ("initiative_id");

CREATE INDEX "case_by_title" ON "case" ("title_sort");

CREATE INDEX "case_lean" ON "case" ("row", "id", "level", "field", "innovation_type", "novelty", "started_by", "stage", "hours_dev", "hours_intro", "purchase", "yearly_cost", "saved", "price_year", "evaluation_kind", "evidence_level", "reuse_degree", "offer", "licence", "image_consent", "visibility", "completeness", "last_checked", "review_due", "revision", "initiative_id", "origin", "imported", "created", "updated", "title_sort", "organisation_sort");

CREATE INDEX "case_parts" ON "case" ("row", "parts_folded");

CREATE VIRTUAL TABLE "case_search" USING fts5(words, detail=none, columnsize=0, prefix='1 2 3 4 5 6 7 8', tokenize='ascii');

CREATE TABLE "case_part" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "case_id" TEXT NOT NULL,
    "name" TEXT,
    "kind" TEXT,
    "classification" TEXT,
    "why_it_works" TEXT,
    "evidence" TEXT,
    "evidence_strength" TEXT,
    "note" TEXT,
    "extra" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "case" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "case_part_by_case_id" ON "case_part" ("case_id");

CREATE TABLE "case_partner" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "case_id" TEXT NOT NULL,
    "partner" TEXT,
    "kind" TEXT,
    "role" TEXT,
    "extra" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "case" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "case_partner_by_case_id" ON "case_partner" ("case_id");

CREATE TABLE "case_event" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "case_id" TEXT NOT NULL,
    "date" TEXT,
    "event" TEXT,
    "extra" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "case" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "case_event_by_case_id" ON "case_event" ("case_id");

CREATE TABLE "case_funding" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "case_id" TEXT NOT NULL,
    "source" TEXT,
    "amount" TEXT,
    "year" INTEGER,
    "extra" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "case" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "case_funding_by_case_id" ON "case_funding" ("case_id");

CREATE TABLE "case_measurement" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "case_id" TEXT NOT NULL,
    "kind" TEXT,
    "indicator" TEXT,
    "unit" TEXT,
    "baseline" TEXT,
    "result" TEXT,
    "date" TEXT,
    "method" TEXT,
    "certainty" TEXT,
    "extra" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "case" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "case_measurement_by_case_id" ON "case_measurement" ("case_id");

CREATE TABLE "case_adopter" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "case_id" TEXT NOT NULL,
    "organisation" TEXT,
    "date" TEXT,
    "reuse_degree" TEXT,
    "extra" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "case" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "case_adopter_by_case_id" ON "case_adopter" ("case_id");

CREATE TABLE "case_attachment" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "case_id" TEXT NOT NULL,
    "path" TEXT,
    "title" TEXT,
    "kind" TEXT,
    "alt_text" TEXT,
    "licence" TEXT,
    "image_consent" TEXT,
    "file_name" TEXT,
    "media_type" TEXT,
    "size" INTEGER,
    "sha256" TEXT,
    "extra" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "case" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "case_attachment_by_case_id" ON "case_attachment" ("case_id");

CREATE TABLE "import_source" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "initiative_id" TEXT NOT NULL,
    "source" TEXT,
    "external_id" TEXT,
    "last_values" TEXT,
    "imported" TEXT,
    "checksum" INTEGER NOT NULL,
    FOREIGN KEY ("initiative_id") REFERENCES "initiative" ("id") DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "import_source_by_initiative_id" ON "import_source" ("initiative_id");

CREATE TABLE "import_layout" (
    "row" INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "fingerprint" TEXT,
    "mapping" TEXT,
    "used" TEXT,
    "checksum" INTEGER NOT NULL
) STRICT;
