CREATE TABLE change (
  id INTEGER NOT NULL,
  at DATETIME NOT NULL,
  command VARCHAR NOT NULL,
  caller VARCHAR,
  undoes INTEGER,
  PRIMARY KEY (id),
  FOREIGN KEY(undoes) REFERENCES change (id)
);;
CREATE TABLE draw (
  id INTEGER NOT NULL,
  week VARCHAR NOT NULL,
  part INTEGER NOT NULL,
  drawn_at DATETIME NOT NULL,
  explicit_clock BOOLEAN NOT NULL,
  asked INTEGER NOT NULL,
  policy_calls INTEGER NOT NULL,
  seats INTEGER NOT NULL,
  reserves INTEGER NOT NULL,
  policy VARCHAR NOT NULL,
  strata JSON NOT NULL,
  ledger_head VARCHAR NOT NULL,
  seal_before VARCHAR NOT NULL,
  seal VARCHAR NOT NULL,
  PRIMARY KEY (id)
);;
CREATE UNIQUE INDEX draw_week ON draw (week, part);;
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
  merged_into INTEGER,
  raisers INTEGER NOT NULL,
  waiting INTEGER NOT NULL,
  FOREIGN KEY(merged_into) REFERENCES issue (id)
);;
CREATE INDEX issue_settled ON issue (settled_at) WHERE state IN ('fixed', 'declined') AND merged_into IS NULL;;
CREATE INDEX issue_untold ON issue (opened_at) WHERE state != 'told' AND merged_into IS NULL;;
CREATE TABLE pointer (
  stratum VARCHAR NOT NULL,
  cycle INTEGER NOT NULL,
  place BIGINT NOT NULL,
  PRIMARY KEY (stratum)
);;
CREATE TABLE question (
  id INTEGER NOT NULL,
  "key" VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  reading BOOLEAN NOT NULL,
  private BOOLEAN NOT NULL,
  segment VARCHAR,
  probes JSON NOT NULL,
  retired_at DATETIME,
  PRIMARY KEY (id),
  UNIQUE ("key")
);;
CREATE TABLE secret (
  name VARCHAR NOT NULL,
  value VARCHAR NOT NULL,
  PRIMARY KEY (name)
);;
CREATE TABLE setting (
  "key" VARCHAR NOT NULL,
  value JSON NOT NULL,
  PRIMARY KEY ("key")
);;
CREATE TABLE tally (
  stratum VARCHAR NOT NULL,
  standing VARCHAR NOT NULL,
  cycle INTEGER NOT NULL,
  heard INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (stratum, standing, cycle, heard)
);;
CREATE TABLE week_off (
  week VARCHAR NOT NULL,
  reason VARCHAR NOT NULL,
  PRIMARY KEY (week)
);;
CREATE TABLE batch (
  id INTEGER NOT NULL,
  change_id INTEGER NOT NULL,
  at DATETIME NOT NULL,
  file VARCHAR NOT NULL,
  layout VARCHAR NOT NULL,
  read INTEGER NOT NULL,
  added INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(change_id) REFERENCES change (id)
);;
CREATE TABLE draw_entry (
  id INTEGER NOT NULL,
  draw_id INTEGER NOT NULL,
  rank INTEGER NOT NULL,
  role VARCHAR NOT NULL,
  reason VARCHAR,
  stratum VARCHAR NOT NULL,
  customer_id INTEGER,
  uid VARCHAR,
  salt VARCHAR,
  cycle INTEGER,
  place BIGINT,
  leaf VARCHAR NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(draw_id) REFERENCES draw (id)
);;
CREATE INDEX ix_draw_entry_customer_id ON draw_entry (customer_id);;
CREATE INDEX ix_draw_entry_draw_id ON draw_entry (draw_id);;
CREATE TABLE journal (
  id INTEGER NOT NULL,
  change_id INTEGER NOT NULL,
  noun VARCHAR NOT NULL,
  row_id VARCHAR NOT NULL,
  act VARCHAR NOT NULL,
  customer_id INTEGER,
  old VARCHAR,
  PRIMARY KEY (id),
  FOREIGN KEY(change_id) REFERENCES change (id)
);;
CREATE INDEX ix_journal_change_id ON journal (change_id);;
CREATE INDEX ix_journal_customer_id ON journal (customer_id);;
CREATE INDEX journal_row ON journal (noun, row_id);;
CREATE TABLE ledger (
  id INTEGER NOT NULL,
  at DATETIME NOT NULL,
  kind VARCHAR NOT NULL,
  change_id INTEGER,
  customer_id INTEGER,
  uid VARCHAR,
  salt VARCHAR,
  facts JSON NOT NULL,
  leaf VARCHAR NOT NULL,
  hash VARCHAR NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(change_id) REFERENCES change (id)
);;
CREATE INDEX ix_ledger_customer_id ON ledger (customer_id);;
CREATE TABLE wording (
  id INTEGER NOT NULL,
  question_id INTEGER NOT NULL,
  text VARCHAR NOT NULL,
  since DATETIME NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(question_id) REFERENCES question (id)
);;
CREATE INDEX ix_wording_question_id ON wording (question_id);;
CREATE TABLE company (
  id INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  folded VARCHAR NOT NULL,
  added_in INTEGER,
  PRIMARY KEY (id),
  UNIQUE (folded),
  FOREIGN KEY(added_in) REFERENCES batch (id)
);;
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
  merged_into INTEGER,
  added_in INTEGER,
  added_at DATETIME NOT NULL,
  extra JSON,
  UNIQUE (uid),
  FOREIGN KEY(company_id) REFERENCES company (id),
  FOREIGN KEY(merged_into) REFERENCES customer (id),
  FOREIGN KEY(added_in) REFERENCES batch (id)
);;
CREATE INDEX customer_added ON customer (added_in) WHERE added_in IS NOT NULL;;
CREATE INDEX customer_heard ON customer (last_heard_at, standing) WHERE last_heard_at IS NOT NULL;;
CREATE INDEX customer_order ON customer (stratum, cycle, place) WHERE standing = 'callable';;
CREATE INDEX customer_paused ON customer (paused_until) WHERE paused_until IS NOT NULL;;
CREATE INDEX customer_resting ON customer (free_on) WHERE free_on IS NOT NULL;;
CREATE INDEX customer_sold ON customer (takes, gives) WHERE takes > 0;;
CREATE INDEX customer_waiting ON customer (stratum, cycle, place) WHERE standing IN ('resting', 'planned');;
CREATE INDEX ix_customer_company_id ON customer (company_id);;
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
  FOREIGN KEY(customer_id) REFERENCES customer (id),
  FOREIGN KEY(draw_id) REFERENCES draw (id),
  FOREIGN KEY(beside) REFERENCES call (id)
);;
CREATE INDEX call_closed ON call (closed_at, state) WHERE closed_at IS NOT NULL;;
CREATE INDEX call_customer ON call (customer_id, id);;
CREATE INDEX call_held ON call (held_at) WHERE held_at IS NOT NULL;;
CREATE INDEX call_planned ON call (week) WHERE state = 'planned';;
CREATE INDEX ix_call_beside ON call (beside);;
CREATE INDEX ix_call_draw_id ON call (draw_id);;
CREATE INDEX ix_call_week ON call (week);;
CREATE TABLE contact (
  id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  value VARCHAR NOT NULL,
  original VARCHAR NOT NULL,
  usable VARCHAR NOT NULL,
  rank INTEGER NOT NULL,
  added_in INTEGER,
  PRIMARY KEY (id),
  FOREIGN KEY(customer_id) REFERENCES customer (id),
  FOREIGN KEY(added_in) REFERENCES batch (id)
);;
CREATE INDEX contact_added ON contact (added_in) WHERE added_in IS NOT NULL;;
CREATE INDEX ix_contact_customer_id ON contact (customer_id);;
CREATE INDEX ix_contact_value ON contact (value);;
CREATE TABLE source_id (
  id INTEGER NOT NULL,
  source VARCHAR NOT NULL,
  external_id VARCHAR NOT NULL,
  customer_id INTEGER NOT NULL,
  added_in INTEGER,
  PRIMARY KEY (id),
  FOREIGN KEY(customer_id) REFERENCES customer (id),
  FOREIGN KEY(added_in) REFERENCES batch (id)
);;
CREATE INDEX ix_source_id_customer_id ON source_id (customer_id);;
CREATE INDEX source_id_added ON source_id (added_in) WHERE added_in IS NOT NULL;;
CREATE UNIQUE INDEX source_id_known ON source_id (external_id, source);;
CREATE TABLE touch (
  id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  caller VARCHAR NOT NULL,
  purpose VARCHAR NOT NULL,
  area VARCHAR,
  words VARCHAR,
  at DATETIME NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(customer_id) REFERENCES customer (id)
);;
CREATE INDEX ix_touch_customer_id ON touch (customer_id);;
CREATE TABLE answer (
  id INTEGER NOT NULL,
  call_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  question_id INTEGER NOT NULL,
  wording_id INTEGER NOT NULL,
  words VARCHAR,
  reading VARCHAR,
  private BOOLEAN NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(call_id) REFERENCES call (id),
  FOREIGN KEY(customer_id) REFERENCES customer (id),
  FOREIGN KEY(question_id) REFERENCES question (id),
  FOREIGN KEY(wording_id) REFERENCES wording (id)
);;
CREATE INDEX ix_answer_call_id ON answer (call_id);;
CREATE INDEX ix_answer_customer_id ON answer (customer_id);;
CREATE TABLE attempt (
  id INTEGER NOT NULL,
  call_id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  caller VARCHAR NOT NULL,
  at DATETIME NOT NULL,
  outcome VARCHAR NOT NULL,
  recorded_at DATETIME NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(call_id) REFERENCES call (id),
  FOREIGN KEY(customer_id) REFERENCES customer (id)
);;
CREATE INDEX attempt_at ON attempt (at, outcome);;
CREATE INDEX ix_attempt_call_id ON attempt (call_id);;
CREATE INDEX ix_attempt_customer_id ON attempt (customer_id);;
CREATE TABLE gold (
  id INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  call_id INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  words VARCHAR NOT NULL,
  said_at DATETIME NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(customer_id) REFERENCES customer (id),
  FOREIGN KEY(call_id) REFERENCES call (id)
);;
CREATE INDEX ix_gold_call_id ON gold (call_id);;
CREATE INDEX ix_gold_customer_id ON gold (customer_id);;
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
  FOREIGN KEY(customer_id) REFERENCES customer (id),
  FOREIGN KEY(call_id) REFERENCES call (id)
);;
CREATE INDEX ix_promise_customer_id ON promise (customer_id);;
CREATE INDEX promise_open ON promise (due_on) WHERE state = 'open';;
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
  PRIMARY KEY (id),
  FOREIGN KEY(issue_id) REFERENCES issue (id),
  FOREIGN KEY(customer_id) REFERENCES customer (id),
  FOREIGN KEY(call_id) REFERENCES call (id)
);;
CREATE INDEX ix_raiser_customer_id ON raiser (customer_id);;
CREATE UNIQUE INDEX raiser_once ON raiser (issue_id, customer_id);;
CREATE VIRTUAL TABLE customer_name USING fts5(
  folded, content='customer', content_rowid='id', prefix='2 3', columnsize=0, tokenize='unicode61 remove_diacritics 2'
);;
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
CREATE TRIGGER draw_stays BEFORE DELETE ON draw BEGIN
  SELECT RAISE(ABORT, 'draw is append-only');
END;;
CREATE TRIGGER draw_as_written BEFORE UPDATE ON draw
WHEN NEW."id" IS NOT OLD."id" OR NEW."week" IS NOT OLD."week" OR NEW."part" IS NOT OLD."part" OR NEW."drawn_at" IS NOT OLD."drawn_at" OR NEW."explicit_clock" IS NOT OLD."explicit_clock" OR NEW."asked" IS NOT OLD."asked" OR NEW."policy_calls" IS NOT OLD."policy_calls" OR NEW."seats" IS NOT OLD."seats" OR NEW."reserves" IS NOT OLD."reserves" OR NEW."policy" IS NOT OLD."policy" OR NEW."strata" IS NOT OLD."strata" OR NEW."ledger_head" IS NOT OLD."ledger_head" OR NEW."seal_before" IS NOT OLD."seal_before" OR NEW."seal" IS NOT OLD."seal" BEGIN
  SELECT RAISE(ABORT, 'draw is append-only');
END;;
CREATE TRIGGER journal_issue_insert AFTER INSERT ON "issue" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'issue', NEW."id", 'insert', NULL, NULL);
END;;
CREATE TRIGGER journal_issue_update AFTER UPDATE ON "issue" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'issue', OLD."id", 'update', NULL, json_object('id', OLD."id", 'title', OLD."title", 'kind', OLD."kind", 'state', OLD."state", 'owner', OLD."owner", 'blocking', OLD."blocking", 'opened_at', OLD."opened_at", 'settled_at', OLD."settled_at", 'told_at', OLD."told_at", 'note', OLD."note", 'merged_into', OLD."merged_into", 'raisers', OLD."raisers", 'waiting', OLD."waiting"));
END;;
CREATE TRIGGER journal_issue_delete AFTER DELETE ON "issue" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'issue', OLD."id", 'delete', NULL, json_object('id', OLD."id", 'title', OLD."title", 'kind', OLD."kind", 'state', OLD."state", 'owner', OLD."owner", 'blocking', OLD."blocking", 'opened_at', OLD."opened_at", 'settled_at', OLD."settled_at", 'told_at', OLD."told_at", 'note', OLD."note", 'merged_into', OLD."merged_into", 'raisers', OLD."raisers", 'waiting', OLD."waiting"));
END;;
CREATE TRIGGER journal_question_insert AFTER INSERT ON "question" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'question', NEW."id", 'insert', NULL, NULL);
END;;
CREATE TRIGGER journal_question_update AFTER UPDATE ON "question" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'question', OLD."id", 'update', NULL, json_object('id', OLD."id", 'key', OLD."key", 'kind', OLD."kind", 'position', OLD."position", 'reading', OLD."reading", 'private', OLD."private", 'segment', OLD."segment", 'probes', OLD."probes", 'retired_at', OLD."retired_at"));
END;;
CREATE TRIGGER journal_question_delete AFTER DELETE ON "question" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'question', OLD."id", 'delete', NULL, json_object('id', OLD."id", 'key', OLD."key", 'kind', OLD."kind", 'position', OLD."position", 'reading', OLD."reading", 'private', OLD."private", 'segment', OLD."segment", 'probes', OLD."probes", 'retired_at', OLD."retired_at"));
END;;
CREATE TRIGGER journal_setting_insert AFTER INSERT ON "setting" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'setting', NEW."key", 'insert', NULL, NULL);
END;;
CREATE TRIGGER journal_setting_update AFTER UPDATE ON "setting" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'setting', OLD."key", 'update', NULL, json_object('key', OLD."key", 'value', OLD."value"));
END;;
CREATE TRIGGER journal_setting_delete AFTER DELETE ON "setting" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'setting', OLD."key", 'delete', NULL, json_object('key', OLD."key", 'value', OLD."value"));
END;;
CREATE TRIGGER journal_week_off_insert AFTER INSERT ON "week_off" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'week_off', NEW."week", 'insert', NULL, NULL);
END;;
CREATE TRIGGER journal_week_off_update AFTER UPDATE ON "week_off" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'week_off', OLD."week", 'update', NULL, json_object('week', OLD."week", 'reason', OLD."reason"));
END;;
CREATE TRIGGER journal_week_off_delete AFTER DELETE ON "week_off" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'week_off', OLD."week", 'delete', NULL, json_object('week', OLD."week", 'reason', OLD."reason"));
END;;
CREATE TRIGGER draw_entry_stays BEFORE DELETE ON draw_entry BEGIN
  SELECT RAISE(ABORT, 'draw_entry is append-only');
END;;
CREATE TRIGGER draw_entry_as_written BEFORE UPDATE ON draw_entry
WHEN NEW."id" IS NOT OLD."id" OR NEW."draw_id" IS NOT OLD."draw_id" OR NEW."rank" IS NOT OLD."rank" OR NEW."role" IS NOT OLD."role" OR NEW."reason" IS NOT OLD."reason" OR NEW."stratum" IS NOT OLD."stratum" OR NEW."leaf" IS NOT OLD."leaf" OR (NEW."uid" IS NOT NULL AND NEW."uid" IS NOT OLD."uid") OR (NEW."salt" IS NOT NULL AND NEW."salt" IS NOT OLD."salt") OR (NEW."cycle" IS NOT NULL AND NEW."cycle" IS NOT OLD."cycle") OR (NEW."place" IS NOT NULL AND NEW."place" IS NOT OLD."place") OR (NEW."customer_id" IS NOT NULL AND NEW."customer_id" IS NOT OLD."customer_id") BEGIN
  SELECT RAISE(ABORT, 'draw_entry is append-only');
END;;
CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger BEGIN
  SELECT RAISE(ABORT, 'ledger is append-only');
END;;
CREATE TRIGGER ledger_as_written BEFORE UPDATE ON ledger
WHEN NEW."id" IS NOT OLD."id" OR NEW."at" IS NOT OLD."at" OR NEW."kind" IS NOT OLD."kind" OR NEW."change_id" IS NOT OLD."change_id" OR NEW."facts" IS NOT OLD."facts" OR NEW."leaf" IS NOT OLD."leaf" OR NEW."hash" IS NOT OLD."hash" OR (NEW."uid" IS NOT NULL AND NEW."uid" IS NOT OLD."uid") OR (NEW."salt" IS NOT NULL AND NEW."salt" IS NOT OLD."salt") OR (NEW."customer_id" IS NOT NULL AND NEW."customer_id" IS NOT OLD."customer_id") BEGIN
  SELECT RAISE(ABORT, 'ledger is append-only');
END;;
CREATE TRIGGER journal_wording_insert AFTER INSERT ON "wording" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'wording', NEW."id", 'insert', NULL, NULL);
END;;
CREATE TRIGGER journal_wording_update AFTER UPDATE ON "wording" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'wording', OLD."id", 'update', NULL, json_object('id', OLD."id", 'question_id', OLD."question_id", 'text', OLD."text", 'since', OLD."since"));
END;;
CREATE TRIGGER journal_wording_delete AFTER DELETE ON "wording" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'wording', OLD."id", 'delete', NULL, json_object('id', OLD."id", 'question_id', OLD."question_id", 'text', OLD."text", 'since', OLD."since"));
END;;
CREATE TRIGGER journal_company_insert AFTER INSERT ON "company" WHEN (NEW.added_in IS NULL OR (SELECT change_id FROM batch WHERE id = NEW.added_in) <> (SELECT max(id) FROM change)) BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'company', NEW."id", 'insert', NULL, NULL);
END;;
CREATE TRIGGER journal_company_update AFTER UPDATE ON "company" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'company', OLD."id", 'update', NULL, json_object('id', OLD."id", 'name', OLD."name", 'folded', OLD."folded", 'added_in', OLD."added_in"));
END;;
CREATE TRIGGER journal_company_delete AFTER DELETE ON "company" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'company', OLD."id", 'delete', NULL, json_object('id', OLD."id", 'name', OLD."name", 'folded', OLD."folded", 'added_in', OLD."added_in"));
END;;
CREATE TRIGGER journal_customer_insert AFTER INSERT ON "customer" WHEN (NEW.added_in IS NULL OR (SELECT change_id FROM batch WHERE id = NEW.added_in) <> (SELECT max(id) FROM change)) BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'customer', NEW."id", 'insert', NEW.id, NULL);
END;;
CREATE TRIGGER journal_customer_update AFTER UPDATE ON "customer" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'customer', OLD."id", 'update', OLD.id, json_object('id', OLD."id", 'uid', OLD."uid", 'name', OLD."name", 'folded', OLD."folded", 'company_id', OLD."company_id", 'email', OLD."email", 'phone', OLD."phone", 'segment', OLD."segment", 'stratum', OLD."stratum", 'status', OLD."status", 'standing', OLD."standing", 'country', OLD."country", 'zone', OLD."zone", 'birth_day', OLD."birth_day", 'birth_month', OLD."birth_month", 'birth_year', OLD."birth_year", 'joined_on', OLD."joined_on", 'cycle', OLD."cycle", 'place', OLD."place", 'planned', OLD."planned", 'paused_until', OLD."paused_until", 'pause_reason', OLD."pause_reason", 'dnc_reason', OLD."dnc_reason", 'left_reason', OLD."left_reason", 'last_heard_at', OLD."last_heard_at", 'free_on', OLD."free_on", 'gives', OLD."gives", 'takes', OLD."takes", 'stance', OLD."stance", 'remember', OLD."remember", 'merged_into', OLD."merged_into", 'added_in', OLD."added_in", 'added_at', OLD."added_at", 'extra', OLD."extra"));
END;;
CREATE TRIGGER journal_customer_delete AFTER DELETE ON "customer" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'customer', OLD."id", 'delete', OLD.id, json_object('id', OLD."id", 'uid', OLD."uid", 'name', OLD."name", 'folded', OLD."folded", 'company_id', OLD."company_id", 'email', OLD."email", 'phone', OLD."phone", 'segment', OLD."segment", 'stratum', OLD."stratum", 'status', OLD."status", 'standing', OLD."standing", 'country', OLD."country", 'zone', OLD."zone", 'birth_day', OLD."birth_day", 'birth_month', OLD."birth_month", 'birth_year', OLD."birth_year", 'joined_on', OLD."joined_on", 'cycle', OLD."cycle", 'place', OLD."place", 'planned', OLD."planned", 'paused_until', OLD."paused_until", 'pause_reason', OLD."pause_reason", 'dnc_reason', OLD."dnc_reason", 'left_reason', OLD."left_reason", 'last_heard_at', OLD."last_heard_at", 'free_on', OLD."free_on", 'gives', OLD."gives", 'takes', OLD."takes", 'stance', OLD."stance", 'remember', OLD."remember", 'merged_into', OLD."merged_into", 'added_in', OLD."added_in", 'added_at', OLD."added_at", 'extra', OLD."extra"));
END;;
CREATE TRIGGER journal_call_insert AFTER INSERT ON "call" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'call', NEW."id", 'insert', NEW.customer_id, NULL);
END;;
CREATE TRIGGER journal_call_update AFTER UPDATE ON "call" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'call', OLD."id", 'update', OLD.customer_id, json_object('id', OLD."id", 'customer_id', OLD."customer_id", 'draw_id', OLD."draw_id", 'week', OLD."week", 'kind', OLD."kind", 'state', OLD."state", 'caller', OLD."caller", 'not_before', OLD."not_before", 'starts_at', OLD."starts_at", 'ends_at', OLD."ends_at", 'zone', OLD."zone", 'rank', OLD."rank", 'seats', OLD."seats", 'seats_of', OLD."seats_of", 'beside', OLD."beside", 'carried_from', OLD."carried_from", 'tries', OLD."tries", 'held_at', OLD."held_at", 'closed_at', OLD."closed_at", 'minutes', OLD."minutes", 'how', OLD."how", 'stance', OLD."stance", 'sold', OLD."sold", 'defended', OLD."defended", 'listeners', OLD."listeners", 'skip_reason', OLD."skip_reason", 'ics_uid', OLD."ics_uid", 'ics_sequence', OLD."ics_sequence", 'etag', OLD."etag"));
END;;
CREATE TRIGGER journal_call_delete AFTER DELETE ON "call" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'call', OLD."id", 'delete', OLD.customer_id, json_object('id', OLD."id", 'customer_id', OLD."customer_id", 'draw_id', OLD."draw_id", 'week', OLD."week", 'kind', OLD."kind", 'state', OLD."state", 'caller', OLD."caller", 'not_before', OLD."not_before", 'starts_at', OLD."starts_at", 'ends_at', OLD."ends_at", 'zone', OLD."zone", 'rank', OLD."rank", 'seats', OLD."seats", 'seats_of', OLD."seats_of", 'beside', OLD."beside", 'carried_from', OLD."carried_from", 'tries', OLD."tries", 'held_at', OLD."held_at", 'closed_at', OLD."closed_at", 'minutes', OLD."minutes", 'how', OLD."how", 'stance', OLD."stance", 'sold', OLD."sold", 'defended', OLD."defended", 'listeners', OLD."listeners", 'skip_reason', OLD."skip_reason", 'ics_uid', OLD."ics_uid", 'ics_sequence', OLD."ics_sequence", 'etag', OLD."etag"));
END;;
CREATE TRIGGER journal_contact_insert AFTER INSERT ON "contact" WHEN (NEW.added_in IS NULL OR (SELECT change_id FROM batch WHERE id = NEW.added_in) <> (SELECT max(id) FROM change)) BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'contact', NEW."id", 'insert', NEW.customer_id, NULL);
END;;
CREATE TRIGGER journal_contact_update AFTER UPDATE ON "contact" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'contact', OLD."id", 'update', OLD.customer_id, json_object('id', OLD."id", 'customer_id', OLD."customer_id", 'kind', OLD."kind", 'value', OLD."value", 'original', OLD."original", 'usable', OLD."usable", 'rank', OLD."rank", 'added_in', OLD."added_in"));
END;;
CREATE TRIGGER journal_contact_delete AFTER DELETE ON "contact" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'contact', OLD."id", 'delete', OLD.customer_id, json_object('id', OLD."id", 'customer_id', OLD."customer_id", 'kind', OLD."kind", 'value', OLD."value", 'original', OLD."original", 'usable', OLD."usable", 'rank', OLD."rank", 'added_in', OLD."added_in"));
END;;
CREATE TRIGGER journal_source_id_insert AFTER INSERT ON "source_id" WHEN (NEW.added_in IS NULL OR (SELECT change_id FROM batch WHERE id = NEW.added_in) <> (SELECT max(id) FROM change)) BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'source_id', NEW."id", 'insert', NEW.customer_id, NULL);
END;;
CREATE TRIGGER journal_source_id_update AFTER UPDATE ON "source_id" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'source_id', OLD."id", 'update', OLD.customer_id, json_object('id', OLD."id", 'source', OLD."source", 'external_id', OLD."external_id", 'customer_id', OLD."customer_id", 'added_in', OLD."added_in"));
END;;
CREATE TRIGGER journal_source_id_delete AFTER DELETE ON "source_id" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'source_id', OLD."id", 'delete', OLD.customer_id, json_object('id', OLD."id", 'source', OLD."source", 'external_id', OLD."external_id", 'customer_id', OLD."customer_id", 'added_in', OLD."added_in"));
END;;
CREATE TRIGGER journal_touch_insert AFTER INSERT ON "touch" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'touch', NEW."id", 'insert', NEW.customer_id, NULL);
END;;
CREATE TRIGGER journal_touch_update AFTER UPDATE ON "touch" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'touch', OLD."id", 'update', OLD.customer_id, json_object('id', OLD."id", 'customer_id', OLD."customer_id", 'caller', OLD."caller", 'purpose', OLD."purpose", 'area', OLD."area", 'words', OLD."words", 'at', OLD."at"));
END;;
CREATE TRIGGER journal_touch_delete AFTER DELETE ON "touch" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'touch', OLD."id", 'delete', OLD.customer_id, json_object('id', OLD."id", 'customer_id', OLD."customer_id", 'caller', OLD."caller", 'purpose', OLD."purpose", 'area', OLD."area", 'words', OLD."words", 'at', OLD."at"));
END;;
CREATE TRIGGER journal_answer_insert AFTER INSERT ON "answer" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'answer', NEW."id", 'insert', NEW.customer_id, NULL);
END;;
CREATE TRIGGER journal_answer_update AFTER UPDATE ON "answer" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'answer', OLD."id", 'update', OLD.customer_id, json_object('id', OLD."id", 'call_id', OLD."call_id", 'customer_id', OLD."customer_id", 'question_id', OLD."question_id", 'wording_id', OLD."wording_id", 'words', OLD."words", 'reading', OLD."reading", 'private', OLD."private"));
END;;
CREATE TRIGGER journal_answer_delete AFTER DELETE ON "answer" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'answer', OLD."id", 'delete', OLD.customer_id, json_object('id', OLD."id", 'call_id', OLD."call_id", 'customer_id', OLD."customer_id", 'question_id', OLD."question_id", 'wording_id', OLD."wording_id", 'words', OLD."words", 'reading', OLD."reading", 'private', OLD."private"));
END;;
CREATE TRIGGER journal_attempt_insert AFTER INSERT ON "attempt" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'attempt', NEW."id", 'insert', NEW.customer_id, NULL);
END;;
CREATE TRIGGER journal_attempt_update AFTER UPDATE ON "attempt" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'attempt', OLD."id", 'update', OLD.customer_id, json_object('id', OLD."id", 'call_id', OLD."call_id", 'customer_id', OLD."customer_id", 'caller', OLD."caller", 'at', OLD."at", 'outcome', OLD."outcome", 'recorded_at', OLD."recorded_at"));
END;;
CREATE TRIGGER journal_attempt_delete AFTER DELETE ON "attempt" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'attempt', OLD."id", 'delete', OLD.customer_id, json_object('id', OLD."id", 'call_id', OLD."call_id", 'customer_id', OLD."customer_id", 'caller', OLD."caller", 'at', OLD."at", 'outcome', OLD."outcome", 'recorded_at', OLD."recorded_at"));
END;;
CREATE TRIGGER journal_gold_insert AFTER INSERT ON "gold" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'gold', NEW."id", 'insert', NEW.customer_id, NULL);
END;;
CREATE TRIGGER journal_gold_update AFTER UPDATE ON "gold" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'gold', OLD."id", 'update', OLD.customer_id, json_object('id', OLD."id", 'customer_id', OLD."customer_id", 'call_id', OLD."call_id", 'kind', OLD."kind", 'words', OLD."words", 'said_at', OLD."said_at"));
END;;
CREATE TRIGGER journal_gold_delete AFTER DELETE ON "gold" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'gold', OLD."id", 'delete', OLD.customer_id, json_object('id', OLD."id", 'customer_id', OLD."customer_id", 'call_id', OLD."call_id", 'kind', OLD."kind", 'words', OLD."words", 'said_at', OLD."said_at"));
END;;
CREATE TRIGGER journal_promise_insert AFTER INSERT ON "promise" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'promise', NEW."id", 'insert', NEW.customer_id, NULL);
END;;
CREATE TRIGGER journal_promise_update AFTER UPDATE ON "promise" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'promise', OLD."id", 'update', OLD.customer_id, json_object('id', OLD."id", 'customer_id', OLD."customer_id", 'call_id', OLD."call_id", 'what', OLD."what", 'due_on', OLD."due_on", 'state', OLD."state", 'caller', OLD."caller", 'made_at', OLD."made_at", 'settled_at', OLD."settled_at", 'reason', OLD."reason"));
END;;
CREATE TRIGGER journal_promise_delete AFTER DELETE ON "promise" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'promise', OLD."id", 'delete', OLD.customer_id, json_object('id', OLD."id", 'customer_id', OLD."customer_id", 'call_id', OLD."call_id", 'what', OLD."what", 'due_on', OLD."due_on", 'state', OLD."state", 'caller', OLD."caller", 'made_at', OLD."made_at", 'settled_at', OLD."settled_at", 'reason', OLD."reason"));
END;;
CREATE TRIGGER journal_raiser_insert AFTER INSERT ON "raiser" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'raiser', NEW."id", 'insert', NEW.customer_id, NULL);
END;;
CREATE TRIGGER journal_raiser_update AFTER UPDATE ON "raiser" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'raiser', OLD."id", 'update', OLD.customer_id, json_object('id', OLD."id", 'issue_id', OLD."issue_id", 'customer_id', OLD."customer_id", 'call_id', OLD."call_id", 'words', OLD."words", 'raised_at', OLD."raised_at", 'told_at', OLD."told_at", 'told_by', OLD."told_by", 'reaction', OLD."reaction", 'reopened', OLD."reopened"));
END;;
CREATE TRIGGER journal_raiser_delete AFTER DELETE ON "raiser" BEGIN
  INSERT INTO journal(change_id, noun, row_id, act, customer_id, old)
  VALUES ((SELECT max(id) FROM change), 'raiser', OLD."id", 'delete', OLD.customer_id, json_object('id', OLD."id", 'issue_id', OLD."issue_id", 'customer_id', OLD."customer_id", 'call_id', OLD."call_id", 'words', OLD."words", 'raised_at', OLD."raised_at", 'told_at', OLD."told_at", 'told_by', OLD."told_by", 'reaction', OLD."reaction", 'reopened', OLD."reopened"));
END;;
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
