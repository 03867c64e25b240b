PRAGMA legacy_alter_table = ON;;
ALTER TABLE "issue" RENAME TO "issue_before";;
CREATE TABLE issue (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  title VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  state VARCHAR NOT NULL,
  owner VARCHAR,
  blocking BOOLEAN NOT NULL,
  opened_at DATETIME NOT NULL,
  settled_at DATETIME,
  told_at DATETIME,
  note VARCHAR,
  feeling VARCHAR,
  merged_into INTEGER,
  raisers INTEGER NOT NULL,
  waiting INTEGER NOT NULL,
  FOREIGN KEY(merged_into) REFERENCES issue (id)
);;
INSERT INTO "issue" ("id", "title", "kind", "state", "owner", "blocking", "opened_at", "settled_at", "told_at", "note", "merged_into", "raisers", "waiting")
SELECT "id", "title", "kind", "state", "owner", "blocking", "opened_at", "settled_at", "told_at", "note", "merged_into", "raisers", "waiting" FROM "issue_before";;
DELETE FROM sqlite_sequence WHERE name = 'issue';;
INSERT INTO sqlite_sequence(name, seq) SELECT 'issue', seq FROM sqlite_sequence WHERE name = 'issue_before';;
DROP TABLE "issue_before";;
CREATE INDEX issue_settled ON issue (settled_at) WHERE state IN ('fixed', 'declined') AND merged_into IS NULL;;
CREATE INDEX issue_untold ON issue (opened_at) WHERE state != 'told' AND merged_into IS NULL;;
CREATE TABLE issue_note (
  id INTEGER NOT NULL,
  issue_id INTEGER NOT NULL,
  at DATETIME NOT NULL,
  caller VARCHAR NOT NULL,
  words VARCHAR NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(issue_id) REFERENCES issue (id)
);;
CREATE INDEX ix_issue_note_issue_id ON issue_note (issue_id);;
CREATE TABLE stratum_before (
  id INTEGER NOT NULL,
  change_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  stratum VARCHAR NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(change_id) REFERENCES change (id)
);;
CREATE INDEX ix_stratum_before_customer_id ON stratum_before (customer_id);;
CREATE TABLE vein (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  title VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  state VARCHAR NOT NULL,
  opened_at DATETIME NOT NULL,
  settled_at DATETIME,
  issue_id INTEGER,
  question_id INTEGER,
  promise VARCHAR,
  FOREIGN KEY(issue_id) REFERENCES issue (id),
  FOREIGN KEY(question_id) REFERENCES question (id)
);;
ALTER TABLE "customer" RENAME TO "customer_before";;
CREATE TABLE customer (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  uid VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  folded VARCHAR NOT NULL,
  company_id INTEGER,
  email VARCHAR,
  phone VARCHAR,
  segment VARCHAR,
  stratum VARCHAR NOT NULL,
  status VARCHAR NOT NULL,
  standing VARCHAR NOT NULL,
  country VARCHAR,
  zone VARCHAR,
  birth_day INTEGER,
  birth_month INTEGER,
  birth_year INTEGER,
  joined_on DATE,
  cycle INTEGER NOT NULL,
  place BIGINT NOT NULL,
  planned INTEGER NOT NULL,
  paused_until DATE,
  pause_reason VARCHAR,
  dnc_reason VARCHAR,
  left_reason VARCHAR,
  last_heard_at DATETIME,
  free_on DATE,
  gives INTEGER NOT NULL,
  takes INTEGER NOT NULL,
  stance VARCHAR,
  remember VARCHAR,
  owner VARCHAR,
  hours VARCHAR,
  spend FLOAT,
  merged_into INTEGER,
  added_in INTEGER,
  added_at DATETIME NOT NULL,
  extra JSON,
  UNIQUE (uid),
  FOREIGN KEY(company_id) REFERENCES company (id),
  FOREIGN KEY(merged_into) REFERENCES customer (id),
  FOREIGN KEY(added_in) REFERENCES batch (id)
);;
INSERT INTO "customer" ("id", "uid", "name", "folded", "company_id", "email", "phone", "segment", "stratum", "status", "standing", "country", "zone", "birth_day", "birth_month", "birth_year", "joined_on", "cycle", "place", "planned", "paused_until", "pause_reason", "dnc_reason", "left_reason", "last_heard_at", "free_on", "gives", "takes", "stance", "remember", "merged_into", "added_in", "added_at", "extra")
SELECT "id", "uid", "name", "folded", "company_id", "email", "phone", "segment", "stratum", "status", "standing", "country", "zone", "birth_day", "birth_month", "birth_year", "joined_on", "cycle", "place", "planned", "paused_until", "pause_reason", "dnc_reason", "left_reason", "last_heard_at", "free_on", "gives", "takes", "stance", "remember", "merged_into", "added_in", "added_at", "extra" FROM "customer_before";;
DELETE FROM sqlite_sequence WHERE name = 'customer';;
INSERT INTO sqlite_sequence(name, seq) SELECT 'customer', seq FROM sqlite_sequence WHERE name = 'customer_before';;
DROP TABLE "customer_before";;
CREATE INDEX customer_added ON customer (added_in) WHERE added_in IS NOT NULL;;
CREATE INDEX customer_heard ON customer (last_heard_at, standing) WHERE last_heard_at IS NOT NULL;;
CREATE INDEX customer_merged ON customer (merged_into) WHERE merged_into IS NOT NULL;;
CREATE INDEX customer_order ON customer (stratum, cycle, place) WHERE standing = 'callable';;
CREATE INDEX customer_paused ON customer (paused_until) WHERE paused_until IS NOT NULL;;
CREATE INDEX customer_resting ON customer (free_on) WHERE free_on IS NOT NULL;;
CREATE INDEX customer_sold ON customer (takes, gives) WHERE takes > 0;;
CREATE INDEX customer_waiting ON customer (stratum, cycle, place) WHERE standing IN ('resting', 'planned');;
CREATE INDEX ix_customer_company_id ON customer (company_id);;
ALTER TABLE "call" RENAME TO "call_before";;
CREATE TABLE call (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL,
  draw_id INTEGER,
  week VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  state VARCHAR NOT NULL,
  caller VARCHAR NOT NULL,
  not_before DATE,
  starts_at DATETIME,
  ends_at DATETIME,
  zone VARCHAR,
  rank INTEGER,
  seats INTEGER,
  seats_of INTEGER,
  beside INTEGER,
  carried_from VARCHAR,
  tries INTEGER NOT NULL,
  held_at DATETIME,
  closed_at DATETIME,
  minutes INTEGER,
  how VARCHAR,
  stance VARCHAR,
  sold BOOLEAN,
  defended BOOLEAN,
  listeners VARCHAR,
  skip_reason VARCHAR,
  ics_uid VARCHAR,
  ics_sequence INTEGER NOT NULL,
  etag VARCHAR,
  published VARCHAR,
  version INTEGER DEFAULT '0' NOT NULL,
  FOREIGN KEY(customer_id) REFERENCES customer (id),
  FOREIGN KEY(draw_id) REFERENCES draw (id),
  FOREIGN KEY(beside) REFERENCES call (id)
);;
INSERT INTO "call" ("id", "customer_id", "draw_id", "week", "kind", "state", "caller", "not_before", "starts_at", "ends_at", "zone", "rank", "seats", "seats_of", "beside", "carried_from", "tries", "held_at", "closed_at", "minutes", "how", "stance", "sold", "defended", "listeners", "skip_reason", "ics_uid", "ics_sequence", "etag", "version")
SELECT "id", "customer_id", "draw_id", "week", "kind", "state", "caller", "not_before", "starts_at", "ends_at", "zone", "rank", "seats", "seats_of", "beside", "carried_from", "tries", "held_at", "closed_at", "minutes", "how", "stance", "sold", "defended", "listeners", "skip_reason", "ics_uid", "ics_sequence", "etag", 0 FROM "call_before";;
DELETE FROM sqlite_sequence WHERE name = 'call';;
INSERT INTO sqlite_sequence(name, seq) SELECT 'call', seq FROM sqlite_sequence WHERE name = 'call_before';;
DROP TABLE "call_before";;
CREATE INDEX call_closed ON call (closed_at, state) WHERE closed_at IS NOT NULL;;
CREATE INDEX call_customer ON call (customer_id, id);;
CREATE INDEX call_held ON call (held_at) WHERE held_at IS NOT NULL;;
CREATE INDEX call_planned ON call (week) WHERE state = 'planned';;
CREATE INDEX ix_call_beside ON call (beside);;
CREATE INDEX ix_call_draw_id ON call (draw_id);;
CREATE INDEX ix_call_week ON call (week);;
ALTER TABLE "gold" RENAME TO "gold_before";;
CREATE TABLE gold (
  id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  call_id INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  words VARCHAR NOT NULL,
  vein_id INTEGER,
  said_at DATETIME NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(customer_id) REFERENCES customer (id),
  FOREIGN KEY(call_id) REFERENCES call (id),
  FOREIGN KEY(vein_id) REFERENCES vein (id)
);;
INSERT INTO "gold" ("id", "customer_id", "call_id", "kind", "words", "said_at")
SELECT "id", "customer_id", "call_id", "kind", "words", "said_at" FROM "gold_before";;
DROP TABLE "gold_before";;
CREATE INDEX gold_loose ON gold (said_at) WHERE vein_id IS NULL;;
CREATE INDEX ix_gold_call_id ON gold (call_id);;
CREATE INDEX ix_gold_customer_id ON gold (customer_id);;
CREATE INDEX ix_gold_vein_id ON gold (vein_id);;
CREATE TABLE note (
  id INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  row_id INTEGER NOT NULL,
  customer_id INTEGER,
  call_id INTEGER,
  said_at DATETIME NOT NULL,
  private BOOLEAN NOT NULL,
  words VARCHAR NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(customer_id) REFERENCES customer (id),
  FOREIGN KEY(call_id) REFERENCES call (id)
);;
CREATE INDEX ix_note_call_id ON note (call_id);;
CREATE INDEX ix_note_customer_id ON note (customer_id);;
CREATE UNIQUE INDEX note_of ON note (kind, row_id);;
CREATE TABLE owing (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL,
  call_id INTEGER,
  kind VARCHAR NOT NULL,
  due_on DATE NOT NULL,
  state VARCHAR NOT NULL,
  settled_at DATETIME,
  reason VARCHAR,
  FOREIGN KEY(customer_id) REFERENCES customer (id),
  FOREIGN KEY(call_id) REFERENCES call (id)
);;
CREATE INDEX ix_owing_call_id ON owing (call_id);;
CREATE INDEX ix_owing_customer_id ON owing (customer_id);;
CREATE INDEX owing_open ON owing (due_on) WHERE state = 'open';;
ALTER TABLE "promise" RENAME TO "promise_before";;
CREATE TABLE promise (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  customer_id INTEGER NOT NULL,
  call_id INTEGER,
  what VARCHAR NOT NULL,
  due_on DATE NOT NULL,
  state VARCHAR NOT NULL,
  caller VARCHAR NOT NULL,
  made_at DATETIME NOT NULL,
  settled_at DATETIME,
  reason VARCHAR,
  moved_from DATE,
  FOREIGN KEY(customer_id) REFERENCES customer (id),
  FOREIGN KEY(call_id) REFERENCES call (id)
);;
INSERT INTO "promise" ("id", "customer_id", "call_id", "what", "due_on", "state", "caller", "made_at", "settled_at", "reason")
SELECT "id", "customer_id", "call_id", "what", "due_on", "state", "caller", "made_at", "settled_at", "reason" FROM "promise_before";;
DELETE FROM sqlite_sequence WHERE name = 'promise';;
INSERT INTO sqlite_sequence(name, seq) SELECT 'promise', seq FROM sqlite_sequence WHERE name = 'promise_before';;
DROP TABLE "promise_before";;
CREATE INDEX ix_promise_customer_id ON promise (customer_id);;
CREATE INDEX promise_open ON promise (due_on) WHERE state = 'open';;
ALTER TABLE "raiser" RENAME TO "raiser_before";;
CREATE TABLE raiser (
  id INTEGER NOT NULL,
  issue_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  call_id INTEGER,
  words VARCHAR,
  raised_at DATETIME NOT NULL,
  told_at DATETIME,
  told_by VARCHAR,
  reaction VARCHAR,
  reopened INTEGER NOT NULL,
  informed_at DATETIME,
  stance_before VARCHAR,
  stance_after VARCHAR,
  PRIMARY KEY (id),
  FOREIGN KEY(issue_id) REFERENCES issue (id),
  FOREIGN KEY(customer_id) REFERENCES customer (id),
  FOREIGN KEY(call_id) REFERENCES call (id)
);;
INSERT INTO "raiser" ("id", "issue_id", "customer_id", "call_id", "words", "raised_at", "told_at", "told_by", "reaction", "reopened")
SELECT "id", "issue_id", "customer_id", "call_id", "words", "raised_at", "told_at", "told_by", "reaction", "reopened" FROM "raiser_before";;
DROP TABLE "raiser_before";;
CREATE INDEX ix_raiser_customer_id ON raiser (customer_id);;
CREATE UNIQUE INDEX raiser_once ON raiser (issue_id, customer_id);;
CREATE TABLE transcript (
  id INTEGER NOT NULL,
  call_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  file VARCHAR NOT NULL,
  digest VARCHAR NOT NULL,
  attached_at DATETIME NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(call_id) REFERENCES call (id),
  FOREIGN KEY(customer_id) REFERENCES customer (id)
);;
CREATE INDEX ix_transcript_call_id ON transcript (call_id);;
CREATE INDEX ix_transcript_customer_id ON transcript (customer_id);;
CREATE TABLE passage (
  id INTEGER NOT NULL,
  transcript_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  starts_ms INTEGER NOT NULL,
  ends_ms INTEGER NOT NULL,
  speaker VARCHAR,
  ours BOOLEAN NOT NULL,
  words VARCHAR NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(transcript_id) REFERENCES transcript (id),
  FOREIGN KEY(customer_id) REFERENCES customer (id)
);;
CREATE INDEX ix_passage_customer_id ON passage (customer_id);;
CREATE INDEX ix_passage_transcript_id ON passage (transcript_id);;
CREATE TRIGGER customer_name_added AFTER INSERT ON customer WHEN (NEW.added_in IS NULL OR (SELECT change_id FROM batch WHERE id = NEW.added_in) <> (SELECT max(id) FROM change)) BEGIN
  INSERT INTO customer_name(rowid, folded) VALUES (NEW.id, NEW.folded);
END;;
CREATE TRIGGER customer_name_changed AFTER UPDATE OF folded ON customer WHEN NEW.folded <> OLD.folded BEGIN
  INSERT INTO customer_name(customer_name, rowid, folded) VALUES ('delete', OLD.id, OLD.folded);
  INSERT INTO customer_name(rowid, folded) VALUES (NEW.id, NEW.folded);
END;;
CREATE TRIGGER customer_name_gone AFTER DELETE ON customer BEGIN
  INSERT INTO customer_name(customer_name, rowid, folded) VALUES ('delete', OLD.id, OLD.folded);
END;;
CREATE TRIGGER tally_added AFTER INSERT ON customer BEGIN
  INSERT INTO tally(stratum, standing, cycle, heard, n)
  VALUES (NEW.stratum, NEW.standing, NEW.cycle, NEW.last_heard_at IS NOT NULL, 1)
  ON CONFLICT(stratum, standing, cycle, heard) DO UPDATE SET n = n + 1;
END;;
CREATE TRIGGER tally_changed AFTER UPDATE OF stratum, standing, cycle, last_heard_at ON customer
WHEN NEW.stratum <> OLD.stratum OR NEW.standing <> OLD.standing OR NEW.cycle <> OLD.cycle
  OR (NEW.last_heard_at IS NULL) <> (OLD.last_heard_at IS NULL) BEGIN
  UPDATE tally SET n = n - 1 WHERE stratum = OLD.stratum AND standing = OLD.standing AND cycle = OLD.cycle
    AND heard = (OLD.last_heard_at IS NOT NULL);
  DELETE FROM tally WHERE stratum = OLD.stratum AND standing = OLD.standing AND cycle = OLD.cycle
    AND heard = (OLD.last_heard_at IS NOT NULL) AND n = 0;
  INSERT INTO tally(stratum, standing, cycle, heard, n)
  VALUES (NEW.stratum, NEW.standing, NEW.cycle, NEW.last_heard_at IS NOT NULL, 1)
  ON CONFLICT(stratum, standing, cycle, heard) DO UPDATE SET n = n + 1;
END;;
CREATE TRIGGER tally_gone AFTER DELETE ON customer BEGIN
  UPDATE tally SET n = n - 1 WHERE stratum = OLD.stratum AND standing = OLD.standing AND cycle = OLD.cycle
    AND heard = (OLD.last_heard_at IS NOT NULL);
  DELETE FROM tally WHERE stratum = OLD.stratum AND standing = OLD.standing AND cycle = OLD.cycle
    AND heard = (OLD.last_heard_at IS NOT NULL) AND n = 0;
END;;
CREATE TRIGGER planned_added AFTER INSERT ON call WHEN NEW.state = 'planned' BEGIN
  UPDATE customer SET planned = planned + 1 WHERE id = NEW.customer_id;
END;;
CREATE TRIGGER planned_changed AFTER UPDATE OF state, customer_id ON call
WHEN NEW.state <> OLD.state OR NEW.customer_id <> OLD.customer_id BEGIN
  UPDATE customer SET planned = planned - 1 WHERE id = OLD.customer_id AND OLD.state = 'planned';
  UPDATE customer SET planned = planned + 1 WHERE id = NEW.customer_id AND NEW.state = 'planned';
END;;
CREATE TRIGGER planned_gone AFTER DELETE ON call WHEN OLD.state = 'planned' BEGIN
  UPDATE customer SET planned = planned - 1 WHERE id = OLD.customer_id;
END;;
CREATE TRIGGER raiser_added AFTER INSERT ON raiser BEGIN
  UPDATE issue SET raisers = raisers + 1, waiting = waiting + (NEW.told_at IS NULL) WHERE id = NEW.issue_id;
END;;
CREATE TRIGGER raiser_changed AFTER UPDATE OF issue_id, told_at ON raiser
WHEN NEW.issue_id <> OLD.issue_id OR (NEW.told_at IS NULL) <> (OLD.told_at IS NULL) BEGIN
  UPDATE issue SET raisers = raisers - 1, waiting = waiting - (OLD.told_at IS NULL) WHERE id = OLD.issue_id;
  UPDATE issue SET raisers = raisers + 1, waiting = waiting + (NEW.told_at IS NULL) WHERE id = NEW.issue_id;
END;;
CREATE TRIGGER raiser_gone AFTER DELETE ON raiser BEGIN
  UPDATE issue SET raisers = raisers - 1, waiting = waiting - (OLD.told_at IS NULL) WHERE id = OLD.issue_id;
END;;
CREATE VIRTUAL TABLE note_words USING fts5(
  words, content='note', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
);;
CREATE TRIGGER note_added AFTER INSERT ON note BEGIN
  INSERT INTO note_words(rowid, words) VALUES (NEW.id, NEW.words);
END;;
CREATE TRIGGER note_changed AFTER UPDATE OF words ON note WHEN NEW.words <> OLD.words BEGIN
  INSERT INTO note_words(note_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
  INSERT INTO note_words(rowid, words) VALUES (NEW.id, NEW.words);
END;;
CREATE TRIGGER note_gone AFTER DELETE ON note BEGIN
  INSERT INTO note_words(note_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
END;;
CREATE TRIGGER note_held AFTER UPDATE OF held_at ON call WHEN NEW.held_at IS NOT NULL BEGIN
  UPDATE note SET said_at = NEW.held_at WHERE call_id = NEW.id AND kind = 'answer';
END;;
CREATE TRIGGER journal_issue_insert AFTER INSERT ON "issue" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'issue', NEW."id", 'insert', NULL, NULL);
END;;
CREATE TRIGGER journal_issue_update AFTER UPDATE ON "issue" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'issue', OLD."id", 'update', NULL, json_object('id', OLD."id", 'title', OLD."title", 'kind', OLD."kind", 'state', OLD."state", 'owner', OLD."owner", 'blocking', OLD."blocking", 'opened_at', OLD."opened_at", 'settled_at', OLD."settled_at", 'told_at', OLD."told_at", 'note', OLD."note", 'feeling', OLD."feeling", 'merged_into', OLD."merged_into", 'raisers', OLD."raisers", 'waiting', OLD."waiting"));
END;;
CREATE TRIGGER journal_issue_delete AFTER DELETE ON "issue" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'issue', OLD."id", 'delete', NULL, json_object('id', OLD."id", 'title', OLD."title", 'kind', OLD."kind", 'state', OLD."state", 'owner', OLD."owner", 'blocking', OLD."blocking", 'opened_at', OLD."opened_at", 'settled_at', OLD."settled_at", 'told_at', OLD."told_at", 'note', OLD."note", 'feeling', OLD."feeling", 'merged_into', OLD."merged_into", 'raisers', OLD."raisers", 'waiting', OLD."waiting"));
END;;
CREATE TRIGGER note_issue_added AFTER INSERT ON issue WHEN coalesce(trim(NEW.title), '') <> '' BEGIN
  INSERT INTO note(kind, row_id, customer_id, call_id, said_at, private, words)
  SELECT 'issue', NEW.id, NULL, NULL, NEW.opened_at, 0, NEW.title
  WHERE coalesce(trim(NEW.title), '') <> '';
END;;
CREATE TRIGGER note_issue_changed AFTER UPDATE OF title ON issue
WHEN NEW.title IS NOT OLD.title BEGIN
  DELETE FROM note WHERE kind = 'issue' AND row_id = NEW.id AND NOT (coalesce(trim(NEW.title), '') <> '');
  UPDATE note SET words = NEW.title, customer_id = NULL, call_id = NULL, private = 0
  WHERE kind = 'issue' AND row_id = NEW.id;
  INSERT INTO note(kind, row_id, customer_id, call_id, said_at, private, words)
  SELECT 'issue', NEW.id, NULL, NULL, NEW.opened_at, 0, NEW.title
  WHERE coalesce(trim(NEW.title), '') <> '' AND NOT EXISTS (SELECT 1 FROM note WHERE kind = 'issue' AND row_id = NEW.id);
END;;
CREATE TRIGGER note_issue_gone AFTER DELETE ON issue WHEN OLD.title IS NOT NULL BEGIN
  DELETE FROM note WHERE kind = 'issue' AND row_id = OLD.id;
END;;
CREATE TRIGGER journal_issue_note_insert AFTER INSERT ON "issue_note" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'issue_note', NEW."id", 'insert', NULL, NULL);
END;;
CREATE TRIGGER journal_issue_note_update AFTER UPDATE ON "issue_note" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'issue_note', OLD."id", 'update', NULL, json_object('id', OLD."id", 'issue_id', OLD."issue_id", 'at', OLD."at", 'caller', OLD."caller", 'words', OLD."words"));
END;;
CREATE TRIGGER journal_issue_note_delete AFTER DELETE ON "issue_note" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'issue_note', OLD."id", 'delete', NULL, json_object('id', OLD."id", 'issue_id', OLD."issue_id", 'at', OLD."at", 'caller', OLD."caller", 'words', OLD."words"));
END;;
CREATE TRIGGER journal_vein_insert AFTER INSERT ON "vein" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'vein', NEW."id", 'insert', NULL, NULL);
END;;
CREATE TRIGGER journal_vein_update AFTER UPDATE ON "vein" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'vein', OLD."id", 'update', NULL, json_object('id', OLD."id", 'title', OLD."title", 'kind', OLD."kind", 'state', OLD."state", 'opened_at', OLD."opened_at", 'settled_at', OLD."settled_at", 'issue_id', OLD."issue_id", 'question_id', OLD."question_id", 'promise', OLD."promise"));
END;;
CREATE TRIGGER journal_vein_delete AFTER DELETE ON "vein" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'vein', OLD."id", 'delete', NULL, json_object('id', OLD."id", 'title', OLD."title", 'kind', OLD."kind", 'state', OLD."state", 'opened_at', OLD."opened_at", 'settled_at', OLD."settled_at", 'issue_id', OLD."issue_id", 'question_id', OLD."question_id", 'promise', OLD."promise"));
END;;
CREATE TRIGGER journal_customer_insert AFTER INSERT ON "customer" WHEN (NEW.added_in IS NULL OR (SELECT change_id FROM batch WHERE id = NEW.added_in) <> (SELECT max(id) FROM change)) BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'customer', NEW."id", 'insert', NEW.id, NULL);
END;;
CREATE TRIGGER journal_customer_update AFTER UPDATE ON "customer" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'customer', OLD."id", 'update', OLD.id, json_object('id', OLD."id", 'uid', OLD."uid", 'name', OLD."name", 'folded', OLD."folded", 'company_id', OLD."company_id", 'email', OLD."email", 'phone', OLD."phone", 'segment', OLD."segment", 'stratum', OLD."stratum", 'status', OLD."status", 'standing', OLD."standing", 'country', OLD."country", 'zone', OLD."zone", 'birth_day', OLD."birth_day", 'birth_month', OLD."birth_month", 'birth_year', OLD."birth_year", 'joined_on', OLD."joined_on", 'cycle', OLD."cycle", 'place', OLD."place", 'planned', OLD."planned", 'paused_until', OLD."paused_until", 'pause_reason', OLD."pause_reason", 'dnc_reason', OLD."dnc_reason", 'left_reason', OLD."left_reason", 'last_heard_at', OLD."last_heard_at", 'free_on', OLD."free_on", 'gives', OLD."gives", 'takes', OLD."takes", 'stance', OLD."stance", 'remember', OLD."remember", 'owner', OLD."owner", 'hours', OLD."hours", 'spend', OLD."spend", 'merged_into', OLD."merged_into", 'added_in', OLD."added_in", 'added_at', OLD."added_at", 'extra', OLD."extra"));
END;;
CREATE TRIGGER journal_customer_delete AFTER DELETE ON "customer" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'customer', OLD."id", 'delete', OLD.id, json_object('id', OLD."id", 'uid', OLD."uid", 'name', OLD."name", 'folded', OLD."folded", 'company_id', OLD."company_id", 'email', OLD."email", 'phone', OLD."phone", 'segment', OLD."segment", 'stratum', OLD."stratum", 'status', OLD."status", 'standing', OLD."standing", 'country', OLD."country", 'zone', OLD."zone", 'birth_day', OLD."birth_day", 'birth_month', OLD."birth_month", 'birth_year', OLD."birth_year", 'joined_on', OLD."joined_on", 'cycle', OLD."cycle", 'place', OLD."place", 'planned', OLD."planned", 'paused_until', OLD."paused_until", 'pause_reason', OLD."pause_reason", 'dnc_reason', OLD."dnc_reason", 'left_reason', OLD."left_reason", 'last_heard_at', OLD."last_heard_at", 'free_on', OLD."free_on", 'gives', OLD."gives", 'takes', OLD."takes", 'stance', OLD."stance", 'remember', OLD."remember", 'owner', OLD."owner", 'hours', OLD."hours", 'spend', OLD."spend", 'merged_into', OLD."merged_into", 'added_in', OLD."added_in", 'added_at', OLD."added_at", 'extra', OLD."extra"));
END;;
CREATE TRIGGER note_customer_added AFTER INSERT ON customer WHEN coalesce(trim(NEW.remember), '') <> '' BEGIN
  INSERT INTO note(kind, row_id, customer_id, call_id, said_at, private, words)
  SELECT 'remember', NEW.id, NEW.id, NULL, coalesce(NEW.last_heard_at, (SELECT at FROM change WHERE id = (SELECT max(id) FROM change))), 0, NEW.remember
  WHERE coalesce(trim(NEW.remember), '') <> '';
END;;
CREATE TRIGGER note_customer_changed AFTER UPDATE OF remember ON customer
WHEN NEW.remember IS NOT OLD.remember BEGIN
  DELETE FROM note WHERE kind = 'remember' AND row_id = NEW.id AND NOT (coalesce(trim(NEW.remember), '') <> '');
  UPDATE note SET words = NEW.remember, customer_id = NEW.id, call_id = NULL, private = 0
  WHERE kind = 'remember' AND row_id = NEW.id;
  INSERT INTO note(kind, row_id, customer_id, call_id, said_at, private, words)
  SELECT 'remember', NEW.id, NEW.id, NULL, coalesce(NEW.last_heard_at, (SELECT at FROM change WHERE id = (SELECT max(id) FROM change))), 0, NEW.remember
  WHERE coalesce(trim(NEW.remember), '') <> '' AND NOT EXISTS (SELECT 1 FROM note WHERE kind = 'remember' AND row_id = NEW.id);
END;;
CREATE TRIGGER note_customer_gone AFTER DELETE ON customer WHEN OLD.remember IS NOT NULL BEGIN
  DELETE FROM note WHERE kind = 'remember' AND row_id = OLD.id;
END;;
CREATE TRIGGER journal_call_insert AFTER INSERT ON "call" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'call', NEW."id", 'insert', NEW.customer_id, NULL);
END;;
CREATE TRIGGER journal_call_update AFTER UPDATE ON "call" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'call', OLD."id", 'update', OLD.customer_id, json_object('id', OLD."id", 'customer_id', OLD."customer_id", 'draw_id', OLD."draw_id", 'week', OLD."week", 'kind', OLD."kind", 'state', OLD."state", 'caller', OLD."caller", 'not_before', OLD."not_before", 'starts_at', OLD."starts_at", 'ends_at', OLD."ends_at", 'zone', OLD."zone", 'rank', OLD."rank", 'seats', OLD."seats", 'seats_of', OLD."seats_of", 'beside', OLD."beside", 'carried_from', OLD."carried_from", 'tries', OLD."tries", 'held_at', OLD."held_at", 'closed_at', OLD."closed_at", 'minutes', OLD."minutes", 'how', OLD."how", 'stance', OLD."stance", 'sold', OLD."sold", 'defended', OLD."defended", 'listeners', OLD."listeners", 'skip_reason', OLD."skip_reason", 'ics_uid', OLD."ics_uid", 'ics_sequence', OLD."ics_sequence", 'etag', OLD."etag", 'published', OLD."published", 'version', OLD."version"));
END;;
CREATE TRIGGER journal_call_delete AFTER DELETE ON "call" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'call', OLD."id", 'delete', OLD.customer_id, json_object('id', OLD."id", 'customer_id', OLD."customer_id", 'draw_id', OLD."draw_id", 'week', OLD."week", 'kind', OLD."kind", 'state', OLD."state", 'caller', OLD."caller", 'not_before', OLD."not_before", 'starts_at', OLD."starts_at", 'ends_at', OLD."ends_at", 'zone', OLD."zone", 'rank', OLD."rank", 'seats', OLD."seats", 'seats_of', OLD."seats_of", 'beside', OLD."beside", 'carried_from', OLD."carried_from", 'tries', OLD."tries", 'held_at', OLD."held_at", 'closed_at', OLD."closed_at", 'minutes', OLD."minutes", 'how', OLD."how", 'stance', OLD."stance", 'sold', OLD."sold", 'defended', OLD."defended", 'listeners', OLD."listeners", 'skip_reason', OLD."skip_reason", 'ics_uid', OLD."ics_uid", 'ics_sequence', OLD."ics_sequence", 'etag', OLD."etag", 'published', OLD."published", 'version', OLD."version"));
END;;
CREATE TRIGGER note_touch_added AFTER INSERT ON touch WHEN coalesce(trim(NEW.words), '') <> '' BEGIN
  INSERT INTO note(kind, row_id, customer_id, call_id, said_at, private, words)
  SELECT 'touch', NEW.id, NEW.customer_id, NULL, NEW.at, 0, NEW.words
  WHERE coalesce(trim(NEW.words), '') <> '';
END;;
CREATE TRIGGER note_touch_changed AFTER UPDATE OF words, customer_id ON touch
WHEN NEW.words IS NOT OLD.words OR NEW.customer_id IS NOT OLD.customer_id BEGIN
  DELETE FROM note WHERE kind = 'touch' AND row_id = NEW.id AND NOT (coalesce(trim(NEW.words), '') <> '');
  UPDATE note SET words = NEW.words, customer_id = NEW.customer_id, call_id = NULL, private = 0
  WHERE kind = 'touch' AND row_id = NEW.id;
  INSERT INTO note(kind, row_id, customer_id, call_id, said_at, private, words)
  SELECT 'touch', NEW.id, NEW.customer_id, NULL, NEW.at, 0, NEW.words
  WHERE coalesce(trim(NEW.words), '') <> '' AND NOT EXISTS (SELECT 1 FROM note WHERE kind = 'touch' AND row_id = NEW.id);
END;;
CREATE TRIGGER note_touch_gone AFTER DELETE ON touch WHEN OLD.words IS NOT NULL BEGIN
  DELETE FROM note WHERE kind = 'touch' AND row_id = OLD.id;
END;;
CREATE TRIGGER note_answer_added AFTER INSERT ON answer WHEN coalesce(trim(NEW.words), '') <> '' BEGIN
  INSERT INTO note(kind, row_id, customer_id, call_id, said_at, private, words)
  SELECT 'answer', NEW.id, NEW.customer_id, NEW.call_id, coalesce((SELECT held_at FROM call WHERE id = NEW.call_id), (SELECT at FROM change WHERE id = (SELECT max(id) FROM change))), NEW.private, NEW.words
  WHERE coalesce(trim(NEW.words), '') <> '';
END;;
CREATE TRIGGER note_answer_changed AFTER UPDATE OF words, customer_id, call_id, private ON answer
WHEN NEW.words IS NOT OLD.words OR NEW.customer_id IS NOT OLD.customer_id OR NEW.call_id IS NOT OLD.call_id OR NEW.private IS NOT OLD.private BEGIN
  DELETE FROM note WHERE kind = 'answer' AND row_id = NEW.id AND NOT (coalesce(trim(NEW.words), '') <> '');
  UPDATE note SET words = NEW.words, customer_id = NEW.customer_id, call_id = NEW.call_id, private = NEW.private
  WHERE kind = 'answer' AND row_id = NEW.id;
  INSERT INTO note(kind, row_id, customer_id, call_id, said_at, private, words)
  SELECT 'answer', NEW.id, NEW.customer_id, NEW.call_id, coalesce((SELECT held_at FROM call WHERE id = NEW.call_id), (SELECT at FROM change WHERE id = (SELECT max(id) FROM change))), NEW.private, NEW.words
  WHERE coalesce(trim(NEW.words), '') <> '' AND NOT EXISTS (SELECT 1 FROM note WHERE kind = 'answer' AND row_id = NEW.id);
END;;
CREATE TRIGGER note_answer_gone AFTER DELETE ON answer WHEN OLD.words IS NOT NULL BEGIN
  DELETE FROM note WHERE kind = 'answer' AND row_id = OLD.id;
END;;
CREATE TRIGGER journal_gold_insert AFTER INSERT ON "gold" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'gold', NEW."id", 'insert', NEW.customer_id, NULL);
END;;
CREATE TRIGGER journal_gold_update AFTER UPDATE ON "gold" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'gold', OLD."id", 'update', OLD.customer_id, json_object('id', OLD."id", 'customer_id', OLD."customer_id", 'call_id', OLD."call_id", 'kind', OLD."kind", 'words', OLD."words", 'vein_id', OLD."vein_id", 'said_at', OLD."said_at"));
END;;
CREATE TRIGGER journal_gold_delete AFTER DELETE ON "gold" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'gold', OLD."id", 'delete', OLD.customer_id, json_object('id', OLD."id", 'customer_id', OLD."customer_id", 'call_id', OLD."call_id", 'kind', OLD."kind", 'words', OLD."words", 'vein_id', OLD."vein_id", 'said_at', OLD."said_at"));
END;;
CREATE TRIGGER note_gold_added AFTER INSERT ON gold WHEN coalesce(trim(NEW.words), '') <> '' BEGIN
  INSERT INTO note(kind, row_id, customer_id, call_id, said_at, private, words)
  SELECT 'gold', NEW.id, NEW.customer_id, NEW.call_id, NEW.said_at, 0, NEW.words
  WHERE coalesce(trim(NEW.words), '') <> '';
END;;
CREATE TRIGGER note_gold_changed AFTER UPDATE OF words, customer_id, call_id ON gold
WHEN NEW.words IS NOT OLD.words OR NEW.customer_id IS NOT OLD.customer_id OR NEW.call_id IS NOT OLD.call_id BEGIN
  DELETE FROM note WHERE kind = 'gold' AND row_id = NEW.id AND NOT (coalesce(trim(NEW.words), '') <> '');
  UPDATE note SET words = NEW.words, customer_id = NEW.customer_id, call_id = NEW.call_id, private = 0
  WHERE kind = 'gold' AND row_id = NEW.id;
  INSERT INTO note(kind, row_id, customer_id, call_id, said_at, private, words)
  SELECT 'gold', NEW.id, NEW.customer_id, NEW.call_id, NEW.said_at, 0, NEW.words
  WHERE coalesce(trim(NEW.words), '') <> '' AND NOT EXISTS (SELECT 1 FROM note WHERE kind = 'gold' AND row_id = NEW.id);
END;;
CREATE TRIGGER note_gold_gone AFTER DELETE ON gold WHEN OLD.words IS NOT NULL BEGIN
  DELETE FROM note WHERE kind = 'gold' AND row_id = OLD.id;
END;;
CREATE TRIGGER journal_owing_insert AFTER INSERT ON "owing" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'owing', NEW."id", 'insert', NEW.customer_id, NULL);
END;;
CREATE TRIGGER journal_owing_update AFTER UPDATE ON "owing" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'owing', OLD."id", 'update', OLD.customer_id, json_object('id', OLD."id", 'customer_id', OLD."customer_id", 'call_id', OLD."call_id", 'kind', OLD."kind", 'due_on', OLD."due_on", 'state', OLD."state", 'settled_at', OLD."settled_at", 'reason', OLD."reason"));
END;;
CREATE TRIGGER journal_owing_delete AFTER DELETE ON "owing" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'owing', OLD."id", 'delete', OLD.customer_id, json_object('id', OLD."id", 'customer_id', OLD."customer_id", 'call_id', OLD."call_id", 'kind', OLD."kind", 'due_on', OLD."due_on", 'state', OLD."state", 'settled_at', OLD."settled_at", 'reason', OLD."reason"));
END;;
CREATE TRIGGER journal_promise_insert AFTER INSERT ON "promise" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'promise', NEW."id", 'insert', NEW.customer_id, NULL);
END;;
CREATE TRIGGER journal_promise_update AFTER UPDATE ON "promise" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'promise', OLD."id", 'update', OLD.customer_id, json_object('id', OLD."id", 'customer_id', OLD."customer_id", 'call_id', OLD."call_id", 'what', OLD."what", 'due_on', OLD."due_on", 'state', OLD."state", 'caller', OLD."caller", 'made_at', OLD."made_at", 'settled_at', OLD."settled_at", 'reason', OLD."reason", 'moved_from', OLD."moved_from"));
END;;
CREATE TRIGGER journal_promise_delete AFTER DELETE ON "promise" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'promise', OLD."id", 'delete', OLD.customer_id, json_object('id', OLD."id", 'customer_id', OLD."customer_id", 'call_id', OLD."call_id", 'what', OLD."what", 'due_on', OLD."due_on", 'state', OLD."state", 'caller', OLD."caller", 'made_at', OLD."made_at", 'settled_at', OLD."settled_at", 'reason', OLD."reason", 'moved_from', OLD."moved_from"));
END;;
CREATE TRIGGER note_promise_added AFTER INSERT ON promise WHEN coalesce(trim(NEW.what), '') <> '' BEGIN
  INSERT INTO note(kind, row_id, customer_id, call_id, said_at, private, words)
  SELECT 'promise', NEW.id, NEW.customer_id, NEW.call_id, NEW.made_at, 0, NEW.what
  WHERE coalesce(trim(NEW.what), '') <> '';
END;;
CREATE TRIGGER note_promise_changed AFTER UPDATE OF what, customer_id, call_id ON promise
WHEN NEW.what IS NOT OLD.what OR NEW.customer_id IS NOT OLD.customer_id OR NEW.call_id IS NOT OLD.call_id BEGIN
  DELETE FROM note WHERE kind = 'promise' AND row_id = NEW.id AND NOT (coalesce(trim(NEW.what), '') <> '');
  UPDATE note SET words = NEW.what, customer_id = NEW.customer_id, call_id = NEW.call_id, private = 0
  WHERE kind = 'promise' AND row_id = NEW.id;
  INSERT INTO note(kind, row_id, customer_id, call_id, said_at, private, words)
  SELECT 'promise', NEW.id, NEW.customer_id, NEW.call_id, NEW.made_at, 0, NEW.what
  WHERE coalesce(trim(NEW.what), '') <> '' AND NOT EXISTS (SELECT 1 FROM note WHERE kind = 'promise' AND row_id = NEW.id);
END;;
CREATE TRIGGER note_promise_gone AFTER DELETE ON promise WHEN OLD.what IS NOT NULL BEGIN
  DELETE FROM note WHERE kind = 'promise' AND row_id = OLD.id;
END;;
CREATE TRIGGER journal_raiser_insert AFTER INSERT ON "raiser" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'raiser', NEW."id", 'insert', NEW.customer_id, NULL);
END;;
CREATE TRIGGER journal_raiser_update AFTER UPDATE ON "raiser" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'raiser', OLD."id", 'update', OLD.customer_id, json_object('id', OLD."id", 'issue_id', OLD."issue_id", 'customer_id', OLD."customer_id", 'call_id', OLD."call_id", 'words', OLD."words", 'raised_at', OLD."raised_at", 'told_at', OLD."told_at", 'told_by', OLD."told_by", 'reaction', OLD."reaction", 'reopened', OLD."reopened", 'informed_at', OLD."informed_at", 'stance_before', OLD."stance_before", 'stance_after', OLD."stance_after"));
END;;
CREATE TRIGGER journal_raiser_delete AFTER DELETE ON "raiser" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'raiser', OLD."id", 'delete', OLD.customer_id, json_object('id', OLD."id", 'issue_id', OLD."issue_id", 'customer_id', OLD."customer_id", 'call_id', OLD."call_id", 'words', OLD."words", 'raised_at', OLD."raised_at", 'told_at', OLD."told_at", 'told_by', OLD."told_by", 'reaction', OLD."reaction", 'reopened', OLD."reopened", 'informed_at', OLD."informed_at", 'stance_before', OLD."stance_before", 'stance_after', OLD."stance_after"));
END;;
CREATE TRIGGER note_raiser_added AFTER INSERT ON raiser WHEN coalesce(trim(NEW.words), '') <> '' BEGIN
  INSERT INTO note(kind, row_id, customer_id, call_id, said_at, private, words)
  SELECT 'raiser', NEW.id, NEW.customer_id, NEW.call_id, NEW.raised_at, 0, NEW.words
  WHERE coalesce(trim(NEW.words), '') <> '';
END;;
CREATE TRIGGER note_raiser_changed AFTER UPDATE OF words, customer_id, call_id ON raiser
WHEN NEW.words IS NOT OLD.words OR NEW.customer_id IS NOT OLD.customer_id OR NEW.call_id IS NOT OLD.call_id BEGIN
  DELETE FROM note WHERE kind = 'raiser' AND row_id = NEW.id AND NOT (coalesce(trim(NEW.words), '') <> '');
  UPDATE note SET words = NEW.words, customer_id = NEW.customer_id, call_id = NEW.call_id, private = 0
  WHERE kind = 'raiser' AND row_id = NEW.id;
  INSERT INTO note(kind, row_id, customer_id, call_id, said_at, private, words)
  SELECT 'raiser', NEW.id, NEW.customer_id, NEW.call_id, NEW.raised_at, 0, NEW.words
  WHERE coalesce(trim(NEW.words), '') <> '' AND NOT EXISTS (SELECT 1 FROM note WHERE kind = 'raiser' AND row_id = NEW.id);
END;;
CREATE TRIGGER note_raiser_gone AFTER DELETE ON raiser WHEN OLD.words IS NOT NULL BEGIN
  DELETE FROM note WHERE kind = 'raiser' AND row_id = OLD.id;
END;;
CREATE TRIGGER journal_transcript_insert AFTER INSERT ON "transcript" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'transcript', NEW."id", 'insert', NEW.customer_id, NULL);
END;;
CREATE TRIGGER journal_transcript_update AFTER UPDATE ON "transcript" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'transcript', OLD."id", 'update', OLD.customer_id, json_object('id', OLD."id", 'call_id', OLD."call_id", 'customer_id', OLD."customer_id", 'file', OLD."file", 'digest', OLD."digest", 'attached_at', OLD."attached_at"));
END;;
CREATE TRIGGER journal_transcript_delete AFTER DELETE ON "transcript" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'transcript', OLD."id", 'delete', OLD.customer_id, json_object('id', OLD."id", 'call_id', OLD."call_id", 'customer_id', OLD."customer_id", 'file', OLD."file", 'digest', OLD."digest", 'attached_at', OLD."attached_at"));
END;;
CREATE TRIGGER journal_passage_insert AFTER INSERT ON "passage" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'passage', NEW."id", 'insert', NEW.customer_id, NULL);
END;;
CREATE TRIGGER journal_passage_update AFTER UPDATE ON "passage" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'passage', OLD."id", 'update', OLD.customer_id, json_object('id', OLD."id", 'transcript_id', OLD."transcript_id", 'customer_id', OLD."customer_id", 'starts_ms', OLD."starts_ms", 'ends_ms', OLD."ends_ms", 'speaker', OLD."speaker", 'ours', OLD."ours", 'words', OLD."words"));
END;;
CREATE TRIGGER journal_passage_delete AFTER DELETE ON "passage" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'passage', OLD."id", 'delete', OLD.customer_id, json_object('id', OLD."id", 'transcript_id', OLD."transcript_id", 'customer_id', OLD."customer_id", 'starts_ms', OLD."starts_ms", 'ends_ms', OLD."ends_ms", 'speaker', OLD."speaker", 'ours', OLD."ours", 'words', OLD."words"));
END;;
CREATE TRIGGER note_passage_added AFTER INSERT ON passage WHEN coalesce(trim(NEW.words), '') <> '' BEGIN
  INSERT INTO note(kind, row_id, customer_id, call_id, said_at, private, words)
  SELECT 'transcript', NEW.id, NEW.customer_id, (SELECT call_id FROM transcript WHERE id = NEW.transcript_id), coalesce((SELECT held_at FROM call WHERE id = (SELECT call_id FROM transcript WHERE id = NEW.transcript_id)), (SELECT at FROM change WHERE id = (SELECT max(id) FROM change))), 0, NEW.words
  WHERE coalesce(trim(NEW.words), '') <> '';
END;;
CREATE TRIGGER note_passage_changed AFTER UPDATE OF words, customer_id ON passage
WHEN NEW.words IS NOT OLD.words OR NEW.customer_id IS NOT OLD.customer_id BEGIN
  DELETE FROM note WHERE kind = 'transcript' AND row_id = NEW.id AND NOT (coalesce(trim(NEW.words), '') <> '');
  UPDATE note SET words = NEW.words, customer_id = NEW.customer_id, call_id = (SELECT call_id FROM transcript WHERE id = NEW.transcript_id), private = 0
  WHERE kind = 'transcript' AND row_id = NEW.id;
  INSERT INTO note(kind, row_id, customer_id, call_id, said_at, private, words)
  SELECT 'transcript', NEW.id, NEW.customer_id, (SELECT call_id FROM transcript WHERE id = NEW.transcript_id), coalesce((SELECT held_at FROM call WHERE id = (SELECT call_id FROM transcript WHERE id = NEW.transcript_id)), (SELECT at FROM change WHERE id = (SELECT max(id) FROM change))), 0, NEW.words
  WHERE coalesce(trim(NEW.words), '') <> '' AND NOT EXISTS (SELECT 1 FROM note WHERE kind = 'transcript' AND row_id = NEW.id);
END;;
CREATE TRIGGER note_passage_gone AFTER DELETE ON passage WHEN OLD.words IS NOT NULL BEGIN
  DELETE FROM note WHERE kind = 'transcript' AND row_id = OLD.id;
END;;
PRAGMA legacy_alter_table = OFF;;
INSERT INTO note(kind, row_id, customer_id, call_id, said_at, private, words)
  SELECT 'answer', a.id, a.customer_id, a.call_id, coalesce(c.held_at, (SELECT max(at) FROM change)), a.private, a.words
  FROM answer a JOIN call c ON c.id = a.call_id WHERE coalesce(trim(a.words), '') <> ''
  UNION ALL SELECT 'gold', id, customer_id, call_id, said_at, 0, words FROM gold WHERE trim(words) <> ''
  UNION ALL SELECT 'raiser', id, customer_id, call_id, raised_at, 0, words FROM raiser WHERE coalesce(trim(words), '') <> ''
  UNION ALL SELECT 'issue', id, NULL, NULL, opened_at, 0, title FROM issue WHERE trim(title) <> ''
  UNION ALL SELECT 'promise', id, customer_id, call_id, made_at, 0, what FROM promise WHERE trim(what) <> ''
  UNION ALL SELECT 'touch', id, customer_id, NULL, at, 0, words FROM touch WHERE coalesce(trim(words), '') <> ''
  UNION ALL SELECT 'remember', id, id, NULL, coalesce(last_heard_at, (SELECT max(at) FROM change)), 0, remember FROM customer WHERE coalesce(trim(remember), '') <> ''
  ORDER BY 5, 1, 2;
